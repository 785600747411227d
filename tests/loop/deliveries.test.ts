import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { openTown, report, WHO, type Town } from '../support/town.ts';

interface Page {
  items: { id: string; notice: string; recipient: string; error: string | null; kind: string }[];
}

describe('what did not arrive', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.stop());

  it('is told to administrators only, with the reason, and goes out when it is sent again', async () => {
    await town.control('PUT', '/permissions', {
      granted: ['qyapi_base', 'qyapi_get_member', 'Todo.Todo.Write', 'Todo.Todo.Read'],
    });
    const member = await town.person(WHO.member);
    await member.act(uuidv7(), 'submit', report());
    const admin = await town.person('admin-01');
    const dead = await town.until('the card is a dead letter', async () => {
      const { body } = await admin.call('GET', '/deliveries');
      return (body as unknown as Page).items.find(
        (d) => d.kind === 'card' && d.notice === 'review' && d.recipient === '方敏',
      );
    });
    expect(dead.error).toContain('AccessTokenPermissionDenied');
    const { status } = await member.call('GET', '/deliveries');
    expect(status).toBe(403);

    const notice = await town.until('a notice took the place of the card', async () =>
      (await town.chat(WHO.reviewer)).find((item) => item.kind === 'actionCard'),
    );
    expect(JSON.stringify(notice)).toContain('迎宾大道红绿灯');

    await town.control('PUT', '/permissions', {
      granted: ['qyapi_base', 'qyapi_get_member', 'Card.Instance.Write', 'Todo.Todo.Write', 'Todo.Todo.Read'],
    });
    expect((await admin.call('POST', `/deliveries/${dead.id}/resend`)).status).toBe(200);
    await town.card(WHO.reviewer, /新民情，请审核/);
    expect((await admin.call('POST', `/deliveries/${dead.id}/resend`)).status).toBe(404);
  });
});
