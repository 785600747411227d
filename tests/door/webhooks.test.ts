import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookPayload, type WebhookMade, type WebhookPayload } from '../../shared/src/contract/index.ts';
import { openTale, SOLVED, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

type IsOurs = (secret: string, headers: IncomingHttpHeaders, body: string) => boolean;

/** The code that docs/open-door.md gives subscribers, run as it stands there. */
async function documentedCheck(folder: string): Promise<IsOurs> {
  const page = readFileSync(join(import.meta.dirname, '../../docs/open-door.md'), 'utf8');
  const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const path = join(folder, 'check.mjs');
  writeFileSync(path, code);
  return ((await import(path)) as { isOurs: IsOurs }).isOurs;
}

describe('a subscriber', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-subscriber-'));
  const got: { headers: IncomingHttpHeaders; body: string }[] = [];
  let status = 204;
  let subscriber: Server;
  let town: Town;
  let tale: Tale;
  let isOurs: IsOurs;
  let made: WebhookMade;
  beforeAll(async () => {
    isOurs = await documentedCheck(folder);
    subscriber = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => {
      subscriber.listen(0, '127.0.0.1', resolve);
    });
    town = await openTown({ environment: { WEBHOOK_NETWORKS: '127.0.0.1' } });
    tale = await openTale(town);
    const { port } = subscriber.address() as AddressInfo;
    const answer = await (
      await tale.as('admin')
    ).call('POST', '/admin/webhooks', {
      areaId: '330700',
      name: '数据局',
      url: `http://127.0.0.1:${port}/in`,
      events: ['submit', 'accept', 'dispatch', 'reply', 'rate', 'settle'],
      level: 'outline',
      basis: '',
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    made = answer.body as unknown as WebhookMade;
  }, 120_000);
  afterAll(async () => {
    await town?.stop();
    subscriber?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const bodies = (): WebhookPayload[] => got.map(({ body }) => webhookPayload.parse(JSON.parse(body)));

  it('hears of a case from its filing to its stars, in order, and can prove who sent it', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'reply', SOLVED);
    await tale.did('member', caseId, 'rate', { stars: 5 });
    await tale.until('every step has arrived', async () => got.length >= 6);
    expect(bodies().map(({ type }) => type)).toEqual([
      'case.submit',
      'case.accept',
      'case.dispatch',
      'case.reply',
      'case.rate',
      'case.settle',
    ]);
    const last = bodies().at(-1)?.data;
    expect(last).toMatchObject({
      caseId,
      state: 'closed',
      leadUnit: { name: '市公安局交警支队' },
      content: null,
    });
    expect(got.map(({ body }) => body).join()).not.toMatch(/林淑芬|周凯|迎宾大道|单一配时/);
    for (const { headers, body } of got) {
      expect(isOurs(made.secret, headers, body)).toBe(true);
      expect(
        isOurs(made.secret, headers, body.replace('closed', 'opened').replace('accepted', 'refused') + ' '),
      ).toBe(false);
      expect(isOurs(made.secret, { ...headers, 'webhook-id': 'another' }, body)).toBe(false);
      expect(isOurs(made.secret, { ...headers, 'webhook-timestamp': '1700000000' }, body)).toBe(false);
    }
  });

  it('that stumbles is seen in the log with its answer, and gets the same message again', async () => {
    got.length = 0;
    status = 500;
    const admin = await tale.as('admin');
    const path = `/admin/webhooks/${made.webhook.id}`;
    await admin.call('POST', `${path}/test`, {});
    await tale.until('the test has failed', async () => got.length === 1);
    const first = async (): Promise<{ id: string; state: string; attempts: number }> => {
      const { body } = await admin.call('GET', `${path}/deliveries`);
      return (body as unknown as { items: { id: string; state: string; attempts: number }[] }).items[0]!;
    };
    await tale.until('the failure stands in the log', async () => (await first()).attempts === 1);
    const { id } = await first();
    status = 204;
    await admin.call('POST', `${path}/deliveries/${id}/resend`, {});
    await tale.until('it has arrived', async () => (await first()).state === 'sent');
    expect(got.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    const { body } = await admin.call('GET', `${path}/deliveries/${id}`);
    expect(
      (body as unknown as { tries: { status: number; problem: string }[] }).tries.map((one) => one.problem),
    ).toEqual(['', '对方回答 500']);
  });
});
