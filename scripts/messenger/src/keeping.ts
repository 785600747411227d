import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { EventBus } from './events.ts';

/** A part of the messenger whose state outlives the process. */
export interface Kept {
  /** What to keep: plain values, maps and sets. */
  dump(): unknown;
  /** Takes back what {@link Kept.dump} gave. */
  load(state: unknown): void;
}

const FILE = 'messenger.state';
const FORMAT = 1;
const WRITE_AFTER_MS = 300;

interface State {
  format: number;
  parts: Record<string, unknown>;
}

/**
 * Keeps the parts in one file of a folder: reads it at the start, writes it shortly after each change and at the end.
 * A file that cannot be read, or of another format, is left behind and the messenger starts empty.
 * @returns a function that writes once more and stops
 */
export function keepState(folder: string, parts: Record<string, Kept>, bus: EventBus): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  for (const [name, state] of Object.entries(readState(file))) {
    parts[name]?.load(state);
  }
  let timer: NodeJS.Timeout | null = null;
  const write = (): void => {
    timer = null;
    const kept = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.dump()]));
    // A crash while writing must not cost the previous state.
    writeFileSync(`${file}.new`, serialize({ format: FORMAT, parts: kept } satisfies State));
    renameSync(`${file}.new`, file);
  };
  const stopListening = bus.listen(() => {
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  });
  return () => {
    stopListening();
    if (timer !== null) {
      clearTimeout(timer);
    }
    write();
  };
}

function readState(file: string): Record<string, unknown> {
  if (!existsSync(file)) {
    return {};
  }
  try {
    const state = deserialize(readFileSync(file)) as State;
    return state.format === FORMAT ? state.parts : {};
  } catch {
    return {};
  }
}
