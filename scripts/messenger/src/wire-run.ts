import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { LogRefs } from './log.ts';
import type { Messenger } from './messenger.ts';
import type { Raw } from './values.ts';

/** What a handler adds to the log line of its call. */
export interface Told {
  personIds: string[];
  refs: LogRefs;
  note: string;
}

export interface Decided {
  status: number;
  body: Raw;
  /** The refusal's code; empty when the call was taken. */
  code: string;
  /** The fault that struck, or empty. */
  fault: string;
  /** An HTML page instead of the body, as a guard in front of a platform shows. */
  html?: boolean;
  /** The body cut off half-way. */
  malformed?: boolean;
}

/** Serves one call of any platform: delays, lost connections and lost answers, and the log; `decide` does the rest. */
export async function serve(
  messenger: Messenger,
  operation: { api: string; words: string },
  exchange: { request: Request; response: Response; told: Told },
  decide: () => Decided,
): Promise<void> {
  const { clock, faults } = messenger;
  const { request, response, told } = exchange;
  const startedAt = clock.machineNow();
  const finish = (verdict: 'ok' | 'refused' | 'lost', status: number, code: string, fault: string): void => {
    messenger.log.add({
      direction: 'in',
      operation: operation.words,
      api: operation.api,
      method: request.method,
      path: request.path,
      recipients: told.personIds.map((id) => messenger.directory.person(id)?.name ?? id),
      personIds: told.personIds,
      note: told.note,
      ms: clock.machineNow() - startedAt,
      refs: told.refs,
      verdict,
      status,
      code,
      fault,
    });
  };

  const slow = faults.strike('latency', operation.api);
  if (slow !== undefined) {
    await wait(slow.latencyMs);
  }
  if (faults.strike('offline', operation.api) !== undefined) {
    finish('lost', 0, '', 'offline');
    request.socket.destroy();
    return;
  }
  const decided = decide();
  const { status, body, code } = decided;
  if (faults.strike('loseAnswers', operation.api) !== undefined) {
    finish('lost', status, code, 'loseAnswers');
    request.socket.destroy();
    return;
  }
  finish(code === '' ? 'ok' : 'refused', status, code, decided.fault || (slow ? 'latency' : ''));
  if (decided.html === true) {
    response.status(status).type('html').send('<html><body><h1>punish</h1></body></html>');
    return;
  }
  const text = JSON.stringify(body);
  response
    .status(status)
    .type('json')
    .send(decided.malformed === true ? text.slice(0, Math.ceil(text.length / 2)) : text);
}
