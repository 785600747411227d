import { HostError } from './port.ts';

/** Gives up on a promise after `limit` milliseconds: a bridge without its container never answers. */
export function within<T>(promise: Promise<T>, limit: number, reason: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new HostError(reason)), limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
