import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createNetwork } from './network.ts';
import { createPost, type Resolver } from './send.ts';

describe('addresses', () => {
  const network = createNetwork([]);
  it.each([
    '127.0.0.1',
    '127.8.9.10',
    '10.0.0.5',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fd00::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001:db8::1',
    'localhost',
    '',
  ])('%s is closed', (address) => {
    expect(network.isOpen(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '223.5.5.5', '2400:3200::1', '::ffff:223.5.5.5'])(
    '%s is open',
    (address) => {
      expect(network.isOpen(address)).toBe(true);
    },
  );

  it('that the configuration names are open, and their neighbours are not', () => {
    const own = createNetwork(['10.20.0.0/16', 'fd12::/16', '192.168.7.9']);
    expect(['10.20.3.4', '::ffff:10.20.3.4', 'fd12::5', '192.168.7.9'].map(own.isOpen)).not.toContain(false);
    expect(['10.21.0.1', 'fd13::5', '192.168.7.8', '127.0.0.1'].map(own.isOpen)).not.toContain(true);
    expect(own.isAllowedPrivate('8.8.8.8')).toBe(false);
  });
});

describe('a post', () => {
  const servers: Server[] = [];
  afterEach(() => {
    servers.splice(0).forEach((server) => {
      server.closeAllConnections();
      server.close();
    });
  });
  async function listen(handler: RequestListener): Promise<number> {
    const server = createServer(handler);
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }
  const here = createNetwork(['127.0.0.1']);
  const message = (port: number, host = '127.0.0.1') => ({
    url: `http://${host}:${port}/hook?a=1`,
    headers: { 'webhook-id': 'm1' },
    body: '{"标题":"路灯"}',
  });
  /** Answers every name with these addresses and counts how often it was asked. */
  const naming = (...addresses: string[]) => {
    const asked: string[] = [];
    const resolver = ((name: string, _options: object, done: (e: null, list: object[]) => void) => {
      asked.push(name);
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) as unknown as Resolver;
    return { asked, resolver };
  };

  it('brings the very bytes, with its headers', async () => {
    const got: unknown[] = [];
    const port = await listen((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        got.push(request.method, request.url, request.headers, Buffer.concat(parts).toString());
        response.statusCode = 202;
        response.end('收到');
      });
    });
    expect(await createPost(here)(message(port))).toMatchObject({ status: 202, problem: '', answer: '收到' });
    expect(got).toEqual([
      'POST',
      '/hook?a=1',
      expect.objectContaining({ 'webhook-id': 'm1', 'content-type': 'application/json; charset=utf-8' }),
      '{"标题":"路灯"}',
    ]);
  });

  it('does not reach a private network that is not allowed, by number or by name', async () => {
    let knocked = 0;
    const port = await listen((_request, response) => {
      knocked += 1;
      response.end();
    });
    const closed = createNetwork([]);
    const { resolver } = naming('127.0.0.1');
    const answers = [
      await createPost(closed)(message(port)),
      await createPost(closed)(message(port, '[::ffff:127.0.0.1]')),
      await createPost(closed)(message(port, '2130706433')),
      await createPost(closed, resolver)(message(port, 'inside.example')),
      // One open address beside it does not help.
      await createPost(here, naming('127.0.0.1', '10.0.0.1').resolver)(message(port, 'both.example')),
    ];
    expect(answers.map((one) => one.problem)).toEqual(
      answers.map(() => '这个地址在内部网络里，没有允许推送'),
    );
    expect(knocked).toBe(0);
  });

  it('resolves a name once and connects to what it was told then', async () => {
    const port = await listen((_request, response) => response.end('ok'));
    const { asked, resolver } = naming('127.0.0.1');
    expect((await createPost(here, resolver)(message(port, 'ours.example'))).status).toBe(200);
    expect(asked).toEqual(['ours.example']);
  });

  it('is never sent without encryption to the public internet', async () => {
    const { resolver } = naming('223.5.5.5');
    expect((await createPost(here, resolver)(message(80, 'public.example'))).problem).toContain('没有允许');
  });

  it('follows no redirect', async () => {
    let elsewhere = 0;
    const other = await listen((_request, response) => {
      elsewhere += 1;
      response.end();
    });
    const port = await listen((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end();
    });
    const { status, problem } = await createPost(here)(message(port));
    expect([status, problem.slice(0, 10)]).toEqual([307, '对方让转到别的地址（']);
    expect(elsewhere).toBe(0);
  });

  it('gives up on silence, reads no endless answer, and heeds a wish to wait', async () => {
    const silent = await listen(() => undefined);
    expect((await createPost(here, undefined, 100)(message(silent))).problem).toBe('对方 10 秒内没有回答');
    const endless = await listen((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) {
          // Until the socket is full.
        }
      };
      response.on('drain', more);
      more();
    });
    const long = await createPost(here)(message(endless));
    expect([long.status, long.answer.length]).toEqual([200, 2_000]);
    const busy = await listen((_request, response) => {
      response.writeHead(503, { 'retry-after': '120' }).end('稍后');
    });
    expect(await createPost(here)(message(busy))).toMatchObject({
      status: 503,
      problem: '对方回答 503',
      retryAfterMs: 120_000,
    });
  });

  it('says what is wrong when nobody is there', async () => {
    expect((await createPost(here)(message(1))).problem).toBe('对方没有开着这个端口');
  });
});
