import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { openTown, report, WHO, type Town } from '../support/town.ts';

describe('the whole server with presses over HTTP', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({
      environment: {
        DINGTALK_CALLBACK_MODE: 'http',
        DINGTALK_CALLBACK_SECRET: 'a-secret-of-this-test-only',
      },
    });
  });
  afterAll(async () => {
    await town?.stop();
  });

  it('registers its address with the platform and accepts a case on the card', async () => {
    const caseId = uuidv7();
    const member = await town.person(WHO.member);
    await member.act(caseId, 'submit', report());
    const card = await town.card(WHO.reviewer, /新民情，请审核/);
    const pressed = await town.press(WHO.reviewer, card.outTrackId, ['accept'], { rev: '1' });
    expect(pressed.error).toBeUndefined();
    expect(pressed.answer.cardData?.cardParamMap).toMatchObject({ done: 'true', canAccept: 'false' });
    const { body } = await member.call('GET', `/cases/${caseId}`);
    expect(body).toMatchObject({ state: 'accepted' });
  });

  it('does not hear whoever lacks the secret', async () => {
    const answer = await fetch(`${town.url}/hooks/dingtalk/cards`, {
      method: 'POST',
      headers: { 'x-ddpaas-signature-timestamp': String(Date.now()), 'x-ddpaas-signature': 'bm90aGluZw==' },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  });
});
