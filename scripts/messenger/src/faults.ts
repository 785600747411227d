import { isRecord, number, strings, text } from './values.ts';
import type { EventBus } from './events.ts';

export const FAULT_KINDS = [
  'latency', // every call takes longer
  'error', // the platform answers with an error
  'throttle', // the platform says: too fast
  'loseAnswers', // the call takes effect, its answer never arrives
  'repeatCallbacks', // every press and event is delivered twice
  'dropStream', // Stream connections break
  'offline', // nothing gets through in either direction
  'unsafeContent', // the content review refuses some words
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A misbehaviour that somebody asked for. */
export interface Fault {
  id: number;
  kind: FaultKind;
  /** Operation names (`card.update`) or their beginnings (`card.`); empty means all. */
  operations: string[];
  /** From 0 to 1. */
  probability: number;
  /** Machine time, epoch milliseconds, after which it is over; null lasts until it is switched off. */
  untilMs: number | null;
  /** How often it still strikes; null is without end. */
  count: number | null;
  latencyMs: number;
  /** For `error`: the HTTP status, and what the body says. */
  status: number;
  code: string;
  message: string;
  /** For `error`: answers an HTML page, as the platform's guard does. */
  html: boolean;
  /** For `error`: the body ends half-way. */
  malformed: boolean;
  /** For `error` of 浙政钉: which level of the answer refuses. */
  level: 'gateway' | 'business';
  /** For `unsafeContent`: the words that are refused. */
  words: string[];
}

export interface Faults {
  /** Adds one; a sentence says what is wrong with it. */
  add(input: unknown): Fault | string;
  list(): Fault[];
  clear(): void;
  /** The first active fault of a kind that strikes this operation now, and counts the strike. */
  strike(kind: FaultKind, operation: string): Fault | undefined;
  /** Words the content review refuses at the moment. */
  unsafeWords(): string[];
}

/** @param random from 0 to 1, as Math.random; tests give their own */
export function createFaults(
  bus: EventBus,
  machineNow: () => number,
  random: () => number = Math.random,
): Faults {
  let faults: Fault[] = [];
  let lastId = 0;
  const live = (): Fault[] => {
    const now = machineNow();
    const kept = faults.filter(
      (fault) => (fault.untilMs === null || fault.untilMs > now) && fault.count !== 0,
    );
    if (kept.length !== faults.length) {
      faults = kept;
      bus.emit({ type: 'fault', faults: [...faults] });
    }
    return faults;
  };
  return {
    add(input) {
      const fault = readFault(input, lastId + 1, machineNow());
      if (typeof fault === 'string') {
        return fault;
      }
      lastId = fault.id;
      faults = [...live(), fault];
      bus.emit({ type: 'fault', faults: [...faults] });
      return fault;
    },
    list: () => [...live()],
    clear() {
      faults = [];
      bus.emit({ type: 'fault', faults: [] });
    },
    strike(kind, operation) {
      const fault = live().find(
        (one) => one.kind === kind && aims(one, operation) && random() < one.probability,
      );
      if (fault?.count !== null && fault !== undefined) {
        fault.count -= 1;
        live();
      }
      return fault;
    },
    unsafeWords: () => live().flatMap((fault) => (fault.kind === 'unsafeContent' ? fault.words : [])),
  };
}

function aims(fault: Fault, operation: string): boolean {
  return fault.operations.length === 0 || fault.operations.some((name) => operation.startsWith(name));
}

function readFault(input: unknown, id: number, now: number): Fault | string {
  if (!isRecord(input)) {
    return '故障应是一个 JSON 对象';
  }
  const kind = FAULT_KINDS.find((one) => one === input.kind);
  if (kind === undefined) {
    return `kind 应是 ${FAULT_KINDS.join('、')} 之一`;
  }
  const probability = number(input.probability) ?? 1;
  if (probability < 0 || probability > 1) {
    return 'probability 应在 0 到 1 之间';
  }
  const forMs = number(input.forMs);
  return {
    id,
    kind,
    operations: strings(input.operations),
    probability,
    untilMs: number(input.untilMs) ?? (forMs === undefined ? null : now + forMs),
    count: number(input.count) ?? null,
    latencyMs: number(input.latencyMs) ?? 1500,
    status: number(input.status) ?? 500,
    code: text(input.code),
    message: text(input.message),
    html: input.html === true,
    malformed: input.malformed === true,
    level: input.level === 'business' ? 'business' : 'gateway',
    words: strings(input.words),
  };
}
