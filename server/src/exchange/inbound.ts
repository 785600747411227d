/**
 * Messages of a platform: each is kept before anything else, then applied through `perform` in the order of its case.
 * What does not fit is held with its reason, and holds back the later ones of its case until somebody decides.
 */
import { ACTION_OF, inboundSchema, type InboundMessage } from '@minqing/shared/exchange';
import type { PlatformClock } from '@minqing/shared/workflow';
import type { Perform } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { digestOf, point, type Store, type Tx } from '../store/index.ts';
import { Unreachable } from './client.ts';
import { oursOf, remember } from './codes.ts';
import type { ExchangeFiles } from './files.ts';
import { effected, keep, OPEN_STATUSES, withoutLinks } from './inbound.keep.ts';
import { ExchangeRefusal, type CodeKind, type InRow } from './model.ts';
import type { Partner, Partners } from './partners.ts';

export interface InboundDeps {
  /** False while a platform is still being compared with, at the start. */
  isOpen(partnerId: string): boolean;
  store: Store;
  clock: Clock;
  log: Log;
  partners: Partners;
  files: ExchangeFiles;
  perform(): Perform;
}

export interface Inbound {
  /** Keeps and applies one message. Throws {@link ExchangeRefusal} with what the contract says. */
  take(
    partner: Partner,
    body: unknown,
    /** It is the comparison that brings it. */
    repairing?: boolean,
  ): Promise<'applied' | 'known' | 'waiting'>;
  /** Applies what a dead process or a passing failure left, of these platforms; answers how many messages it looked at. */
  runOnce(isOpen?: (partnerId: string) => boolean): Promise<number>;
  /** Tries a held message again, and what waits behind it. Throws as `take` when it still does not fit. */
  retry(row: InRow): Promise<void>;
  /** The same for a case whose history was restored, where one is held: it may fit now. */
  retryHeld(partnerId: string, caseId: string): Promise<void>;
  /** Writes down a message that took effect before our record of it was lost; `version` is what it made of the case. */
  effected(tx: Tx, partner: Partner, body: unknown, version: number): Promise<void>;
  /** What waits behind a message that was given up. */
  goOn(partnerId: string, caseId: string): Promise<void>;
}

const LEFT_AFTER_MS = 5_000;

export function createInbound(deps: InboundDeps): Inbound {
  const { store, clock, log } = deps;

  async function take(
    partner: Partner,
    body: unknown,
    repairing = false,
  ): Promise<'applied' | 'known' | 'waiting'> {
    const parsed = inboundSchema.safeParse(body);
    if (!parsed.success) {
      throw new ExchangeRefusal('invalidMessage', {
        errors: parsed.error.issues
          .slice(0, 20)
          .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })),
      });
    }
    const message = parsed.data;
    if (!repairing && !deps.isOpen(partner.id)) {
      throw new ExchangeRefusal('unavailable');
    }
    const status = await store.transact((tx) => keep(tx, partner, message, clock.machineNow()));
    point('exchange-kept');
    if (status === 'waiting' || status === 'known') {
      return status;
    }
    await applyAndGoOn(await rowOf(partner.id, message.id));
    return 'applied';
  }

  const rowOf = (partnerId: string, messageId: string): Promise<InRow> =>
    store.read((db) =>
      db
        .selectFrom('exchange_in')
        .selectAll()
        .where('partner_id', '=', partnerId)
        .where('message_id', '=', messageId)
        .executeTakeFirstOrThrow(),
    );

  /** Applies a row. Throws when it is held now, or cannot be tried just now. */
  async function apply(row: InRow): Promise<void> {
    const partner = deps.partners.one(row.partner_id);
    if (!partner) {
      throw new ExchangeRefusal('unavailable');
    }
    try {
      const version = await act(partner, JSON.parse(row.body_json) as InboundMessage, row.digest);
      point('exchange-applied');
      await settle(row, { status: 'applied', version, error_code: '', error_text: '' });
    } catch (error) {
      const held = heldBy(error);
      if (held === null) {
        log.warn('a message of a platform could not be applied now', { hostId: row.partner_id, error });
        throw new ExchangeRefusal('unavailable');
      }
      await settle(row, { status: 'held', error_code: held.code, error_text: held.detail ?? '' });
      throw held;
    }
  }

  async function settle(row: InRow, change: Partial<InRow>): Promise<void> {
    await store.transact(async (tx) => {
      await tx
        .updateTable('exchange_in')
        .set({ ...change, done_at: change.status === 'applied' ? clock.machineNow() : 0 })
        .where('partner_id', '=', row.partner_id)
        .where('message_id', '=', row.message_id)
        .where('status', 'in', OPEN_STATUSES)
        .execute();
      if (change.status === 'applied') {
        const { state } = JSON.parse(row.body_json) as InboundMessage;
        await remember(tx, row.partner_id, 'state', state);
        await tx
          .updateTable('exchange_case')
          .set({ state_code: state })
          .where('partner_id', '=', row.partner_id)
          .where('case_id', '=', row.case_id)
          .execute();
      }
    });
  }

  /** One act on the case, whoever asks and however often: the message's id is the request's identity. */
  async function act(partner: Partner, message: InboundMessage, digest: string): Promise<number> {
    const { unit } = message;
    const input = await inputOf(partner, message);
    const unitId = unit === undefined ? undefined : await ours(partner, 'unit', unit);
    const due = Object.fromEntries(
      Object.entries(message.due).map(([kind, at]) => [kind, Date.parse(at)]),
    ) as Partial<Record<PlatformClock, number>>;
    const performed = await deps.perform()(
      { kind: 'platform', platformId: partner.id },
      message.caseId,
      ACTION_OF[message.type],
      input,
      { door: 'exchange', principal: partner.id, key: message.id, digest },
      { now: Math.min(Date.parse(message.at), clock.businessNow()), says: { unitId, due } },
    );
    return performed.repeated ? versionOf(partner.id, message.id) : performed.case.version;
  }

  /** Where the case stood when a message took effect that a dead process did not mark. */
  const versionOf = async (partnerId: string, messageId: string): Promise<number> =>
    (
      await store.read((db) =>
        db
          .selectFrom('request')
          .select('version')
          .where('door', '=', 'exchange')
          .where('principal', '=', partnerId)
          .where('request_key', '=', messageId)
          .executeTakeFirstOrThrow(),
      )
    ).version;

  /** Our id for a code of theirs; one that nobody has matched is put on the list for the administrator. */
  async function ours(partner: Partner, kind: CodeKind, code: string): Promise<string> {
    try {
      return await store.read((db) => oursOf(db, partner.id, kind, code));
    } catch (error) {
      await store.transact((tx) => remember(tx, partner.id, kind, code));
      throw error;
    }
  }

  async function inputOf(partner: Partner, message: InboundMessage): Promise<object> {
    const unit = (code: string): Promise<string> => ours(partner, 'unit', code);
    const fileIds = 'files' in message.data ? await deps.files.bring(partner, message.data.files) : [];
    switch (message.type) {
      case 'office.dispatched':
      case 'office.redispatched': {
        const { lead, co, ...more } = message.data;
        const coUnitIds: string[] = [];
        for (const code of co) {
          coUnitIds.push(await unit(code));
        }
        return { ...more, leadUnitId: await unit(lead), coUnitIds };
      }
      case 'office.coHandlersChanged': {
        const coUnitIds: string[] = [];
        for (const code of message.data.co) {
          coUnitIds.push(await unit(code));
        }
        return { coUnitIds };
      }
      case 'unit.returned': {
        const { reason, suggested } = message.data;
        return { reason, suggestedUnitId: suggested === null ? null : await unit(suggested) };
      }
      default: {
        const { files: _files, ...data } = message.data as { files?: unknown };
        return { ...data, fileIds };
      }
    }
  }

  /** A file that could not be had is asked for over a fresh link: the one that came has its time. */
  async function retry(row: InRow): Promise<void> {
    const partner = deps.partners.one(row.partner_id);
    const kept = JSON.parse(row.body_json) as InboundMessage;
    const told =
      partner && row.error_code === 'fileMissing' ? await deps.files.toldAgain(partner, kept) : null;
    if (told === null || digestOf(withoutLinks(told)) !== row.digest) {
      await applyAndGoOn(row);
      return;
    }
    const body_json = JSON.stringify(told);
    await store.transact((tx) =>
      tx
        .updateTable('exchange_in')
        .set({ body_json })
        .where('partner_id', '=', row.partner_id)
        .where('message_id', '=', row.message_id)
        .where('status', '=', 'held')
        .execute(),
    );
    await applyAndGoOn({ ...row, body_json });
  }

  async function applyAndGoOn(row: InRow): Promise<void> {
    await apply(row);
    await goOn(row.partner_id, row.case_id);
  }

  /** Applies what waits, in order, until one does not fit. */
  async function goOn(partnerId: string, caseId: string): Promise<void> {
    for (;;) {
      const next = await store.read((db) =>
        db
          .selectFrom('exchange_in')
          .selectAll()
          .where('partner_id', '=', partnerId)
          .where('case_id', '=', caseId)
          .where('status', 'in', OPEN_STATUSES)
          .orderBy('seq')
          .limit(1)
          .executeTakeFirst(),
      );
      if (!next || next.status === 'held') {
        return;
      }
      try {
        await apply(next);
      } catch (error) {
        if (error instanceof ExchangeRefusal) {
          return; // held and shown, or tried again later
        }
        throw error;
      }
    }
  }

  return {
    take,
    async runOnce(isOpen = () => true) {
      const rows = await store.read((db) =>
        db
          .selectFrom('exchange_in')
          .select(['partner_id', 'case_id'])
          .distinct()
          .where('status', 'in', ['new', 'waiting'])
          .where('received_at', '<', clock.machineNow() - LEFT_AFTER_MS)
          .limit(100)
          .execute(),
      );
      for (const row of rows.filter((one) => isOpen(one.partner_id))) {
        await goOn(row.partner_id, row.case_id);
      }
      return rows.length;
    },
    retry,
    goOn,
    async retryHeld(partnerId, caseId) {
      await store.transact((tx) =>
        tx
          .updateTable('exchange_in')
          .set({ status: 'waiting' })
          .where('partner_id', '=', partnerId)
          .where('case_id', '=', caseId)
          .where('status', '=', 'held')
          .execute(),
      );
      await goOn(partnerId, caseId);
    },
    effected: (tx, partner, body, version) =>
      effected(tx, partner, inboundSchema.parse(body), version, clock.machineNow()),
  };
}

/** What the message is held for; null when it may only be tried again later. */
function heldBy(error: unknown): ExchangeRefusal | null {
  if (error instanceof ExchangeRefusal && error.code !== 'unavailable') {
    return new ExchangeRefusal(error.code, { detail: error.detail, kept: true });
  }
  if (error instanceof Unreachable || !(error instanceof AppError)) {
    return null;
  }
  if (error.code === 'conflict' || error.status >= 500) {
    return null;
  }
  const fields = error.errors?.map((e) => `${e.path}：${e.message}`).join('；');
  return new ExchangeRefusal('doesNotFit', {
    detail: [error.title, fields].filter(Boolean).join('；'),
    kept: true,
  });
}
