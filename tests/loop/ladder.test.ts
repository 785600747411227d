import type { DeliveryPage } from '@minqing/shared/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { CAST, openTale } from '../support/tale.ts';
import { openTown, report, type Town } from '../support/town.ts';

describe('a permission that is missing', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.stop());

  it('sends an action card instead of the card, and the card itself once it is granted', async () => {
    const granted = ['qyapi_base', 'qyapi_get_member', 'Todo.Todo.Write', 'Todo.Todo.Read'];
    await town.control('PUT', '/permissions', { granted });
    const tale = await openTale(town);
    const caseId = uuidv7();
    await tale.did('member', caseId, 'submit', report());
    const admin = await town.person('admin-01');
    const card = await town.until('the card was replaced', async () => {
      const { body } = await admin.call('GET', `/deliveries?case=${caseId}&channel=card&state=closed`);
      return (body as unknown as DeliveryPage).items.find((d) => d.recipient.name === '方敏');
    });
    await town.until('a notice took the place of the card', async () =>
      (await town.chat(CAST.reviewer)).find((item) => item.kind === 'actionCard'),
    );
    const { body } = await admin.call('GET', `/deliveries/${card.id}`);
    expect(body).toMatchObject({ canResend: true });
    await town.control('PUT', '/permissions', { granted: [...granted, 'Card.Instance.Write'] });
    expect((await admin.call('POST', '/deliveries/resend', { ids: [card.id] })).status).toBe(200);
    await town.card(CAST.reviewer, /新民情，请审核/);
    expect((await admin.call('POST', '/deliveries/resend', { ids: [card.id] })).status).toBe(409);
  });
});
