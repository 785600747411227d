import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoticeContent } from '../port.ts';
import { createLinks } from './links.ts';
import { cut, plainInMarkdown } from '../common/notice.ts';
import { renderNotice, toneColour } from './notice.message.ts';

const links = createLinks(
  'https://minqing.example.gov.cn/?corpid=$CORPID$',
  'ding0123456789abcdef0123456789abcd',
);

const content = (changes: Partial<NoticeContent> = {}): NoticeContent => ({
  number: '金市〔2026〕0012',
  title: '迎宾大道红绿灯按车流设置时长',
  lines: [
    { label: '主办', value: '交警支队' },
    { label: '期限', value: '10月10日 17:00' },
  ],
  body: '早高峰左转排队过长。',
  path: '/#/s/abc123',
  buttons: [],
  status: null,
  ...changes,
});

interface Oa {
  message_url: string;
  pc_message_url: string;
  status_bar?: { status_value: string; status_bg: string };
  body: { title: string; form: { key: string; value: string }[]; content?: string };
}
interface ActionCard {
  title: string;
  markdown: string;
  btn_orientation: string;
  btn_json_list: { title: string; action_url: string }[];
}
const oaOf = (text: string): Oa => (JSON.parse(text) as { msgtype: 'oa'; oa: Oa }).oa;
const cardOf = (text: string): ActionCard => (JSON.parse(text) as { action_card: ActionCard }).action_card;

describe('a plain notice', () => {
  it('is an OA message that opens the case on phone and PC and carries its number first', () => {
    const oa = oaOf(renderNotice(content(), links));
    expect(oa.message_url).toBe(links.mobile('/#/s/abc123'));
    expect(oa.pc_message_url).toBe(links.pc('/#/s/abc123'));
    expect(oa.body).toEqual({
      title: '迎宾大道红绿灯按车流设置时长',
      form: [
        { key: '编号：', value: '金市〔2026〕0012' },
        { key: '主办：', value: '交警支队' },
        { key: '期限：', value: '10月10日 17:00' },
      ],
      content: '早高峰左转排队过长。',
    });
    expect(oa.status_bar).toBeUndefined();
  });

  it('has a status bar in the platform’s colours when there is a status', () => {
    const oa = oaOf(renderNotice(content({ status: { text: '待签收', tone: 'amber' } }), links));
    expect(oa.status_bar).toEqual({ status_value: '待签收', status_bg: '0xFFB7791F' });
    expect(toneColour('unheard of')).toBe('0xFF1F5FE0');
  });

  it('differs from another only by its number', () => {
    expect(renderNotice(content(), links)).toBe(renderNotice(content(), links));
    expect(renderNotice(content({ number: '金市〔2026〕0013' }), links)).not.toBe(
      renderNotice(content(), links),
    );
  });

  it('cuts a long body at 300 characters and says where the rest is', () => {
    const oa = oaOf(renderNotice(content({ body: 'a'.repeat(301) }), links));
    expect(oa.body.content).toBe(`${'a'.repeat(300)}… 查看全文`);
    expect(oaOf(renderNotice(content({ body: 'a'.repeat(300) }), links)).body.content).toBe('a'.repeat(300));
  });

  it('cuts between whole characters', () => {
    const oa = oaOf(renderNotice(content({ body: '😀'.repeat(299) + '𠮷𠮷' }), links));
    expect(oa.body.content).not.toMatch(/\p{Surrogate}/u);
    expect(cut('𠮷𠮷𠮷', 2)).toBe('𠮷𠮷…');
  });
});

describe('a notice with buttons', () => {
  const buttons = [
    { title: '签收', path: '/#/s/abc123?act=sign' },
    { title: '退回改派', path: '/#/s/abc123?act=transferBack' },
  ];

  it('is an action card whose buttons open the act', () => {
    const card = cardOf(renderNotice(content({ buttons: buttons.slice(0, 1) }), links));
    expect(card.btn_json_list).toEqual([{ title: '签收', action_url: links.both('/#/s/abc123?act=sign') }]);
    expect(card.btn_orientation).toBe('0');
    expect(card.markdown).toContain('编号：金市〔2026〕0012');
    expect(card.markdown.startsWith('### 迎宾大道')).toBe(true);
  });

  it('keeps the button list within 1 000 characters by shorter links, then by fewer buttons', () => {
    const two = cardOf(renderNotice(content({ buttons }), links)).btn_json_list;
    expect(two.map(({ action_url: url }) => url)).toEqual(buttons.map(({ path }) => links.pc(path)));
    const many = Array.from({ length: 9 }, (_, i) => ({ title: `第${i}个`, path: `/#/s/abc123?act=${i}` }));
    const card = cardOf(renderNotice(content({ buttons: many }), links));
    expect(JSON.stringify(card.btn_json_list).length).toBeLessThanOrEqual(1_000);
    expect(card.btn_json_list.length).toBeGreaterThanOrEqual(3);
  });

  it('shows citizens’ words as words: no link and no heading of theirs works', () => {
    const card = cardOf(renderNotice(content({ body: '# 大 [点我](http://evil.example)', buttons }), links));
    expect(card.markdown).toContain('＃ 大 ［点我］(http://evil.example)');
    expect(plainInMarkdown('**a**\n\n\nb')).toBe('＊＊a＊＊\n\nb');
  });

  it('links the whole text when it was cut', () => {
    const card = cardOf(renderNotice(content({ body: '长'.repeat(400), buttons }), links));
    expect(card.markdown.endsWith(`… [查看全文](${links.pc('/#/s/abc123')})`)).toBe(true);
  });
});

describe('any notice', () => {
  const text = (max: number) => fc.string({ unit: 'grapheme', maxLength: max });
  const any = fc.record({
    number: fc.constant('金市〔2026〕0012'),
    title: text(200),
    lines: fc.array(fc.record({ label: text(30), value: text(300) }), { maxLength: 8 }),
    body: text(3_000),
    path: fc.constant('/#/s/019a2b3c-4d5e-7f00-8123-456789abcdef'),
    buttons: fc.array(
      fc.record({
        title: text(40),
        path: fc.constant('/#/s/019a2b3c-4d5e-7f00-8123-456789abcdef?act=accept'),
      }),
      { maxLength: 5 },
    ),
    status: fc.option(
      fc.record({ text: text(20), tone: fc.constantFrom('blue', 'green', 'amber', 'red', 'grey') }),
      {
        nil: null,
      },
    ),
  }) as fc.Arbitrary<NoticeContent>;

  it('has at most 2 048 bytes, its number, and fields of the sizes the platform takes', () => {
    fc.assert(
      fc.property(any, (given) => {
        const rendered = renderNotice(given, links);
        expect(Buffer.byteLength(rendered)).toBeLessThanOrEqual(2_048);
        expect(rendered).toContain('金市〔2026〕0012');
        const message = JSON.parse(rendered) as { msgtype: string; oa?: Oa; action_card?: ActionCard };
        expect(
          Array.from(message.oa?.body.title ?? message.action_card?.title ?? '').length,
        ).toBeLessThanOrEqual(50);
        expect(message.oa?.body.form.length ?? 0).toBeLessThanOrEqual(6);
        for (const button of message.action_card?.btn_json_list ?? []) {
          expect(Array.from(button.title).length).toBeLessThanOrEqual(20);
          expect(button.action_url.length).toBeLessThanOrEqual(700);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is refused when its links alone are too large', () => {
    const huge = content({ path: `/#/${'x'.repeat(1_500)}` });
    expect(() => renderNotice(huge, links)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });
});
