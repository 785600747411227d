/** What changed, for whoever watches: the desk over Server-Sent Events, tests directly. */
export type MessengerEvent =
  | { type: 'chat' | 'todo' | 'people'; personIds: string[] }
  | { type: 'log'; entry: unknown }
  | { type: 'clock'; now: string }
  | { type: 'fault'; faults: unknown[] }
  | { type: 'phone'; phone: string; personId: string }
  | { type: 'reset' };

export type Listener = (event: MessengerEvent) => void;

export interface EventBus {
  emit(event: MessengerEvent): void;
  /** @returns a function that stops listening */
  listen(listener: Listener): () => void;
}

export function createEventBus(): EventBus {
  const listeners = new Set<Listener>();
  return {
    emit(event) {
      for (const listener of listeners) {
        listener(event);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
