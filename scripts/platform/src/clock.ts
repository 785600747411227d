/** Business time as the demo's clock tells it; between two answers it runs on by the machine. */
export interface BusinessClock {
  now(): number;
  /** A moment as the contract writes it, with China's offset. */
  iso(at?: number): string;
  refresh(): Promise<void>;
  stop(): void;
}

const SHANGHAI_MS = 8 * 3_600_000;

/** The calendar day of a moment in China. */
export const chinaDate = (at: number): string => new Date(at + SHANGHAI_MS).toISOString().slice(0, 10);
export const chinaIso = (at: number): string =>
  `${new Date(at + SHANGHAI_MS).toISOString().slice(0, -1)}+08:00`;

export function followClock(url: string | undefined): BusinessClock {
  let offset = 0;
  let last = 0;
  async function refresh(): Promise<void> {
    if (url === undefined) {
      return;
    }
    const answer = (await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).json()) as {
      now: string | number;
    };
    offset = (typeof answer.now === 'number' ? answer.now : Date.parse(answer.now)) - Date.now();
  }
  const timer = url === undefined ? undefined : setInterval(() => void refresh().catch(() => undefined), 300);
  timer?.unref();
  const now = (): number => {
    last = Math.max(last, Date.now() + offset);
    return last;
  };
  return { now, iso: (at = now()) => chinaIso(at), refresh, stop: () => clearInterval(timer) };
}
