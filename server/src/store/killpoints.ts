/** Named places where a test may have the process killed, to prove that nothing acknowledged is lost there. */
export type KillPoint =
  | 'after-commit'
  | 'act-kept'
  | 'sequencer'
  | 'migration'
  | 'after-host-call'
  | 'statistics-rebuild'
  | ExchangePoint;

/** A message of ours was answered; one of theirs is written down; it was applied and is not marked so yet. */
type ExchangePoint = 'exchange-sent' | 'exchange-kept' | 'exchange-applied';

const passed = new Map<KillPoint, number>();

/**
 * Does nothing unless this is a test run (NODE_ENV=test) and MINQING_KILL_AT names the point: `sequencer`, or
 * `sequencer:3` for the third time it is passed. Then the process ends as by kill -9, without a chance to tidy up.
 */
export function point(name: KillPoint): void {
  const wanted = process.env['MINQING_KILL_AT'];
  if (wanted === undefined || process.env['NODE_ENV'] !== 'test') {
    return;
  }
  const [where, time = '1'] = wanted.split(':');
  if (where !== name) {
    return;
  }
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (count === Number(time)) {
    process.kill(process.pid, 'SIGKILL');
    // The signal ends the process a moment later; nothing may happen in that moment.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
}
