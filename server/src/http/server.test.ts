import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { PortTaken, startServer } from './server.ts';

/** A moment a test waits for. */
function moment(): { come: Promise<void>; now: () => void } {
  let now: () => void = () => undefined;
  const come = new Promise<void>((resolve) => {
    now = resolve;
  });
  return { come, now };
}

describe('stopping', () => {
  it('lets a request under way finish and takes no new one', async () => {
    let finish: () => void = () => undefined;
    const arrived = moment();
    const server = await startServer(
      (_request, response) => {
        finish = () => response.end('done');
        arrived.now();
      },
      '127.0.0.1',
      0,
    );
    const url = `http://127.0.0.1:${server.port}/`;
    const underWay = fetch(url);
    await arrived.come;
    const stopped = server.stop();
    await expect(fetch(url)).rejects.toThrow();
    finish();
    expect(await (await underWay).text()).toBe('done');
    await stopped;
  });

  it('ends what does not finish in time, and may be asked twice', async () => {
    const arrived = moment();
    const server = await startServer(() => arrived.now(), '127.0.0.1', 0);
    const hanging = fetch(`http://127.0.0.1:${server.port}/`);
    const ended = hanging.catch((error: unknown) => error);
    await arrived.come;
    await Promise.all([server.stop(10), server.stop(10)]);
    expect(await ended).toBeInstanceOf(Error);
  });
});

describe('a taken port', () => {
  it('is said in words that name the way out', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const error = await startServer(() => undefined, '127.0.0.1', port).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PortTaken);
    expect((error as Error).message).toBe(
      `Port ${port} on 127.0.0.1 is taken: stop the program that uses it, or set PORT to another one.`,
    );
    other.close();
  });
});
