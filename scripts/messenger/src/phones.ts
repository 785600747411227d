import type { EventBus } from './events.ts';
import type { Kept } from './keeping.ts';

/** Which person holds which phone. A phone is `p1`, `p2`, … or, for a PC-sized window, `pc1`, `pc2`, … */
export interface Phones extends Kept {
  holder(phone: string): string | undefined;
  bind(phone: string, personId: string): void;
  list(): { phone: string; personId: string }[];
  reset(): void;
}

/** `1` and `p1` are the same phone, `pc1` is a PC window; undefined for anything else. */
export function phoneName(text: string): string | undefined {
  const match = /^(p|pc)?(\d{1,3})$/.exec(text);
  return match === null ? undefined : `${match[1] ?? 'p'}${match[2]}`;
}

/** The phone a host name belongs to: `p3.minqing.localhost:5171` is `p3`. */
export function phoneOfHost(host: string): string | undefined {
  const match = /^(pc?\d{1,3})\.[a-z0-9.-]*localhost(:\d+)?$/i.exec(host);
  return match?.[1]?.toLowerCase();
}

/** @param initial who holds which phone at the start */
export function createPhones(initial: Record<string, string>, bus: EventBus): Phones {
  let holders = new Map<string, string>();
  const reset = (): void => {
    holders = new Map(
      Object.entries(initial).map(([phone, personId]) => [phoneName(phone) ?? phone, personId]),
    );
  };
  reset();
  return {
    holder: (phone) => holders.get(phone),
    bind(phone, personId) {
      holders.set(phone, personId);
      bus.emit({ type: 'phone', phone, personId });
    },
    list: () => [...holders].map(([phone, personId]) => ({ phone, personId })),
    reset,
    dump: () => holders,
    load(state) {
      holders = state as typeof holders;
    },
  };
}
