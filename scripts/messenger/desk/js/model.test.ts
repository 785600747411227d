import { describe, expect, it } from 'vitest';
import { flatten, readChatItem, readTodo, statusColour } from './model.js';
import { readMarkdown } from './markdown.js';

const BASE = { id: '1', sentAt: '2026-07-07T14:41:00.000+08:00' };

describe('a card as the control API tells it', () => {
  it('may carry lists and flags as the text of a variable', () => {
    const item = readChatItem({
      ...BASE,
      kind: 'card',
      components: [
        { kind: 'title', text: '标题', quiet: 'false' },
        { kind: 'fields', list: '[{"label":"时限","value":"17:00","strong":true}]' },
        { kind: 'button', actionId: 'a', text: '受理', enabled: 'false' },
      ],
    });
    expect(item.handled).toBe(false);
    expect(item.parts[1]).toEqual({
      kind: 'fields',
      items: [{ label: '时限', value: '17:00', strong: true }],
    });
    expect(item.parts[2]).toMatchObject({ enabled: false, inputs: [] });
  });

  it('leaves out what it does not know, empty texts and broken lists', () => {
    const components = [{ kind: 'video' }, { kind: 'text', text: '' }, { kind: 'images', list: '[{' }];
    expect(readChatItem({ ...BASE, kind: 'card', components }).parts.map((part) => part.kind)).toEqual([]);
  });

  it('is handled when its title is quiet', () => {
    expect(
      readChatItem({ ...BASE, kind: 'card', components: [{ kind: 'title', text: 'x', quiet: true }] })
        .handled,
    ).toBe(true);
  });

  it('finds parts inside rows', () => {
    const row = { kind: 'row', items: [{ kind: 'input', name: 'reply', maxLength: 300 }] };
    expect(
      flatten(readChatItem({ ...BASE, kind: 'card', components: [row] }).parts).map((part) => part.kind),
    ).toEqual(['input']);
  });
});

describe('a work notice', () => {
  it('is laid out as title, fields, text, and its own link is not repeated as a button', () => {
    const item = readChatItem({
      ...BASE,
      kind: 'oa',
      title: '超期',
      text: '已催两次',
      url: 'http://127.0.0.1/#/s/1',
      fields: [{ label: '单位', value: '住建局' }],
      buttons: [{ title: '查看详情', url: 'http://127.0.0.1/#/s/1', style: 'quiet' }],
      status: { text: '超期', bg: '0xFFD92D3A' },
    });
    expect(item.parts.map((part) => part.kind)).toEqual(['title', 'fields', 'text']);
    expect(item.status).toEqual({ text: '超期', bg: '#D92D3A' });
  });

  it('keeps the platform’s colours and drops what is no colour', () => {
    expect(statusColour('0xFF78C06E')).toBe('#78C06E');
    expect(statusColour('red;background:url(x)')).toBe('');
  });

  it('reads its markdown without letting HTML through', () => {
    expect(
      readMarkdown('### 标题\n- **时限** 17:00\n<img src=x onerror=alert(1)>看[详情](http://a/b)'),
    ).toEqual([
      { tag: 'head', spans: [{ text: '标题', bold: false, url: '' }] },
      {
        tag: 'item',
        spans: [
          { text: '时限', bold: true, url: '' },
          { text: ' 17:00', bold: false, url: '' },
        ],
      },
      {
        tag: 'line',
        spans: [
          { text: '看', bold: false, url: '' },
          { text: '详情', bold: false, url: 'http://a/b' },
        ],
      },
    ]);
  });
});

describe('a to-do', () => {
  it('has its phone’s address and times as epoch milliseconds or ISO text', () => {
    const todo = readTodo({
      id: 't',
      subject: '签收',
      dueTime: 1_783_400_000_000,
      detailUrl: { appUrl: 'a://', pcUrl: 'p://' },
    });
    expect(todo).toEqual({ id: 't', subject: '签收', dueAt: 1_783_400_000_000, doneAt: null, url: 'a://' });
  });
});
