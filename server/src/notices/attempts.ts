/** What came of each try to send something, kept with the host's answer: how support sees what happened. */
import type { Clock } from '../clock.ts';
import type { HostAnswer, HostError } from '../hosts/index.ts';
import { uuidv7, type Reader, type Tx } from '../store/index.ts';
import type { OutboxRow } from '../store/tables.ts';

export interface Attempt {
  outcome: 'sent' | 'again' | 'dead';
  error?: HostError;
  taskId?: string | undefined;
  ms: number;
}

/** The host's answer as it is kept: what was asked, what came back. */
export type KeptAnswer = HostAnswer & { taskId?: string | undefined };

/** Keeps the attempt beside its row. What has no line in the delivery log leaves no trace while it succeeds. */
export async function recordAttempt(
  tx: Tx,
  clock: Pick<Clock, 'businessNow'>,
  row: Pick<OutboxRow, 'id' | 'channel' | 'logged'>,
  { outcome, error, taskId, ms }: Attempt,
): Promise<void> {
  if (row.logged === 0 && outcome === 'sent') {
    return;
  }
  const answer: KeptAnswer = { ...error?.answer, taskId };
  await tx
    .insertInto('outbox_attempt')
    .values({
      id: uuidv7(),
      outbox_id: row.id,
      at: clock.businessNow(),
      channel: row.channel,
      outcome,
      error_kind: error?.kind ?? null,
      code: error?.code.slice(0, 64) ?? null,
      answer_json: JSON.stringify(answer),
      ms,
    })
    .execute();
}

export interface KeptAttempt {
  at: number;
  channel: string;
  outcome: Attempt['outcome'];
  kind: string | null;
  code: string | null;
  answer: KeptAnswer;
}

/** Every attempt of these rows, oldest first. */
export async function attemptsOf(db: Reader, rowIds: readonly string[]): Promise<KeptAttempt[]> {
  const rows = await db
    .selectFrom('outbox_attempt')
    .select(['at', 'channel', 'outcome', 'error_kind', 'code', 'answer_json'])
    .where('outbox_id', 'in', [...rowIds])
    .orderBy('id')
    .execute();
  return rows.map((r) => ({
    at: r.at,
    channel: r.channel,
    outcome: r.outcome as Attempt['outcome'],
    kind: r.error_kind,
    code: r.code,
    answer: JSON.parse(r.answer_json) as KeptAnswer,
  }));
}
