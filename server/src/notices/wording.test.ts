import { NOTICES, PURPOSES } from '@minqing/shared/workflow';
import { partsOf, variablesOf } from '@minqing/shared/wording';
import { describe, expect, it } from 'vitest';
import { cut } from './card.render.ts';
import { CARD_TEXTS, cardTextId } from './card.wording.ts';
import { NOTICE_TEXTS, noticeTextId } from './notice.wording.ts';
import { NOTICE_SAMPLES } from './notice.values.ts';
import { contentOf } from './notice.texts.ts';
import { TEXT_RULES } from './texts.ts';
import { FIELDS, wordsOf, type FieldKey } from './wording.ts';

const ALL = [...CARD_TEXTS, ...NOTICE_TEXTS];
const nothingSet = () => null;
const frame = (values: Record<string, string>) => ({
  number: 'JH-2026-000123·4',
  values,
  at: Date.parse('2026-07-06T09:30:00+08:00'),
  path: '/#/s/x',
});

describe('the words of notices and cards', () => {
  it('there are for every notice and every duty, each under one id', () => {
    for (const notice of NOTICES) {
      expect(NOTICE_TEXTS.has(noticeTextId(notice)), notice).toBe(true);
    }
    for (const purpose of Object.keys(PURPOSES) as (keyof typeof PURPOSES)[]) {
      expect(CARD_TEXTS.has(cardTextId(purpose)), purpose).toBe(true);
    }
    expect(new Set(TEXT_RULES.map((rule) => rule.id)).size).toBe(ALL.length);
  });

  it('say in the corner of a notice what kind it is, in no more characters than fit there', () => {
    for (const id of NOTICE_TEXTS.keys()) {
      const { status } = contentOf(id, nothingSet, frame(NOTICE_SAMPLES));
      expect([...(status?.text ?? '')].length, id).toBeLessThanOrEqual(8);
      expect(status?.text, id).not.toBe('');
    }
    expect(contentOf('notice.escalated', nothingSet, frame(NOTICE_SAMPLES)).status?.text).toBe('逐级提醒');
    expect(contentOf('notice.taken.noReason', nothingSet, frame(NOTICE_SAMPLES)).status?.text).toBe(
      '不再由您单位办理',
    );
  });

  it('keep to their fields, and name only variables that have an example', () => {
    for (const [id, text] of NOTICE_TEXTS) {
      for (const words of Object.values(text.words)) {
        expect(
          variablesOf(words).filter((name) => !(name in NOTICE_SAMPLES)),
          id,
        ).toEqual([]);
      }
    }
    for (const [id, text] of ALL) {
      for (const [key, words] of Object.entries(text.words)) {
        expect(words.length, `${id}.${key}`).toBeLessThanOrEqual(FIELDS[key as FieldKey].max);
        expect(
          partsOf(words).some((part) => 'text' in part && /[{}]/.test(part.text)),
          id,
        ).toBe(false);
      }
    }
  });

  it('come from the area, else from the text, else from what it is one of', () => {
    const set = (words: Record<string, Record<string, string>>) => (id: string) => words[id] ?? null;
    expect(wordsOf('notice.taken.noReason', NOTICE_TEXTS, nothingSet)).toEqual({
      title: '这件民情不再由您单位办理',
      body: '三服务办已调整',
    });
    const below = set({ 'notice.taken': { title: '不用办了', body: '{原因}' } });
    expect(wordsOf('notice.taken.noReason', NOTICE_TEXTS, below)).toEqual({
      title: '不用办了',
      body: '三服务办已调整',
    });
    const both = set({
      'notice.taken': { title: '不用办了' },
      'notice.taken.noReason': { body: '已另行安排' },
    });
    expect(wordsOf('notice.taken.noReason', NOTICE_TEXTS, both)).toEqual({
      title: '不用办了',
      body: '已另行安排',
    });
  });

  it('take what citizens wrote as it stands: neither a variable nor markup', () => {
    const hostile = '{原因}<img src=x onerror=alert(1)>**粗**';
    const content = contentOf('notice.declined', nothingSet, frame({ 原因: hostile, 民情标题: '{类别}' }));
    expect(content.body).toBe(hostile);
    expect(content.lines[0]?.value).toBe('{类别}');
  });

  it('leave no hole where a value is missing', () => {
    const content = contentOf('notice.received', nothingSet, frame({}));
    expect(content.title).toBe('已收到您的民情');
    expect(content.body).not.toContain('{');
  });
});

describe('a text on a card', () => {
  it('is cut at 300 characters and never longer than a host takes, whatever the signs', () => {
    for (const sign of ['字', '😀', '𠮷', 'a']) {
      const shown = cut(sign.repeat(2_000));
      expect([...shown].length).toBeLessThanOrEqual(300);
      expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(1_024);
      expect(shown.endsWith('…')).toBe(true);
      expect(shown).not.toContain('\ufffd');
    }
    expect(cut('短')).toBe('短');
  });
});
