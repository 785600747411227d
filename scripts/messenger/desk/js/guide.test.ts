import { describe, expect, it } from 'vitest';
import { nextStep } from './guide.js';
import { readChatItem } from './model.js';

const SINCE = Date.parse('2026-07-07T09:00:00+08:00');

function card(time: string, components: unknown[]) {
  return readChatItem({
    id: time,
    kind: 'card',
    outTrackId: time,
    sentAt: `2026-07-07T${time}:00+08:00`,
    components,
  });
}

const title = { kind: 'title', text: '迎宾大道红绿灯按车流设置时长', quiet: false };
const accept = { kind: 'button', actionId: 'accept', text: '受理', style: 'primary', enabled: true };

describe('the next step told to a newcomer', () => {
  const member = { n: 1, name: '林淑芬', roles: ['member'] };
  const reviewer = { n: 2, name: '方敏', roles: ['reviewer'] };

  it('begins with a report on the member’s phone, whatever older cards wait', () => {
    const step = nextStep(
      [
        { ...member, items: [] },
        { ...reviewer, items: [card('08:00', [title, accept])] },
      ],
      SINCE,
    );
    expect(step).toMatchObject({ step: 1, n: 1, view: 'work' });
    expect(step?.text).toContain('林淑芬');
  });

  it('follows the newest card somebody can still act on, in the words on it', () => {
    const step = nextStep(
      [
        { ...member, items: [] },
        { ...reviewer, items: [card('09:10', [title, accept])] },
      ],
      SINCE,
    );
    expect(step).toMatchObject({ step: 2, n: 2, view: 'chat' });
    expect(step?.text).toBe('② 在方敏的手机上看「迎宾大道红绿灯按车流设置时长」，点「受理」。');
  });

  it('does not point at a greyed button or a handled card', () => {
    const greyed = card('09:10', [title, { ...accept, enabled: false }]);
    const handled = card('09:20', [{ ...title, quiet: true }, accept]);
    expect(
      nextStep(
        [
          { ...member, items: [] },
          { ...reviewer, items: [greyed, handled] },
        ],
        SINCE,
      )?.n,
    ).toBe(1);
  });

  it('asks for the star first and the confirmation after it', () => {
    const stars = (value: number) => [
      title,
      { kind: 'stars', actionId: 'pick', value, caption: '', done: false },
      { ...accept, text: '打五星' },
    ];
    const say = (value: number) =>
      nextStep([{ ...member, items: [card('09:30', stars(value))] }], SINCE)?.text;
    expect(say(0)).toContain('点几颗星');
    expect(say(5)).toMatch(/，点「打五星」。$/);
  });

  it('says nothing where no phone is a member’s and nothing waits', () => {
    expect(nextStep([{ ...reviewer, items: [] }], SINCE)).toBeNull();
  });
});
