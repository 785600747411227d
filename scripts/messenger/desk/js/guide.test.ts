import { describe, expect, it } from 'vitest';
import { nextStep } from './guide.js';
import { readChatItem } from './model.js';

const SINCE = Date.parse('2026-07-07T09:00:00+08:00');

const link = (page: string): object => ({
  kind: 'link',
  text: '看全部',
  style: 'quiet',
  url: `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(`http://127.0.0.1:5170/#/s/${page}`)}`,
});

function item(kind: string, page: string, time: string, components: unknown[]) {
  return readChatItem({
    id: `${page} ${time}`,
    kind,
    outTrackId: time,
    sentAt: `2026-07-07T${time}:00+08:00`,
    components: [...components, link(page)],
  });
}
const card = (time: string, components: unknown[], page = 'own') => item('card', page, time, components);

const title = { kind: 'title', text: '迎宾大道红绿灯按车流设置时长', quiet: false };
const accept = { kind: 'button', actionId: 'accept', text: '受理', style: 'primary', enabled: true };

describe('the next step told to a newcomer', () => {
  const member = { n: 1, personId: 'm', name: '林淑芬', line: '委员', roles: ['member'] };
  const reviewer = { n: 2, personId: 'r', name: '方敏', line: '政协审核', roles: ['reviewer'] };
  const inspector = { n: 5, personId: 'i', name: '郑卫平', line: '督查', roles: ['inspector'] };
  const nobody = { ...member, items: [] };

  it('begins with a report on the member’s phone, whatever older cards wait', () => {
    const step = nextStep([nobody, { ...reviewer, items: [card('08:00', [title, accept])] }], SINCE);
    expect(step).toMatchObject({ step: 1, n: 1, view: 'work', over: false });
    expect(step?.text).toContain('林淑芬');
  });

  it('follows a story that began since, in the words on its card', () => {
    const step = nextStep([nobody, { ...reviewer, items: [card('09:10', [title, accept])] }], SINCE);
    expect(step).toMatchObject({ step: 2, n: 2, view: 'chat' });
    expect(step?.text).toBe('② 在方敏的手机上看「迎宾大道红绿灯按车流设置时长」，点「受理」。');
  });

  it('stays with it when older matters fall due and their cards change', () => {
    const old = { ...title, text: '东市南街窨井盖松动' };
    const items = [
      card('08:00', [old, accept], 'old'),
      card('09:10', [title, accept]),
      card('17:00', [old, accept], 'old'),
    ];
    const late = item('oa', 'unheard', '17:01', [{ ...title, text: '江南街道雨污管道反复堵塞' }, accept]);
    const ruling = card('17:02', [{ ...title, text: '八一南街' }, accept], 'unheard');
    const step = nextStep([nobody, { ...reviewer, items }, { ...inspector, items: [late, ruling] }], SINCE);
    expect(step?.text).toContain('迎宾大道');
  });

  it('follows an older matter once the visitor acted on it, and the one they acted on last', () => {
    const old = { ...title, text: '东市南街窨井盖松动' };
    const holders = [
      nobody,
      { ...reviewer, items: [card('08:00', [old, accept], 'old'), card('09:10', [title, accept])] },
    ];
    expect(nextStep(holders, SINCE, { '/s/old': SINCE + 3_600_000 })?.text).toContain('东市南街');
    expect(
      nextStep(holders, SINCE, { '/s/old': SINCE + 3_600_000, '/s/own': SINCE + 7_200_000 })?.text,
    ).toContain('迎宾大道');
  });

  it('sends for whoever has to move and holds no phone here', () => {
    const handled = card('09:10', [{ ...title, quiet: true }]);
    const away = { n: 0, personId: 'h', name: '田思远', line: '市建设局经办人', roles: ['handler'] };
    const sign = { ...accept, text: '签收' };
    const step = nextStep(
      [nobody, { ...reviewer, items: [handled] }, { ...away, items: [card('09:20', [title, sign])] }],
      SINCE,
    );
    expect(step).toMatchObject({ step: 4, n: 0, personId: 'h' });
    expect(step?.text).toBe(
      '④ 轮到田思远（市建设局经办人）了：换到一部手机上，看「迎宾大道红绿灯按车流设置时长」，点「签收」。',
    );
  });

  it('does not point at a greyed button or a handled card, and says when nobody has to move', () => {
    const greyed = card('09:10', [title, { ...accept, enabled: false }]);
    const handled = card('09:20', [{ ...title, quiet: true }, accept]);
    const step = nextStep([nobody, { ...reviewer, items: [greyed, handled] }], SINCE);
    expect(step).toMatchObject({ n: 1, over: true });
    expect(step?.text).toContain('这一件眼下没有人要办');
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
