import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { PEOPLE } from '../../../tests/mock-api/people.ts';
import { useSession } from '../../stores/session.ts';
import { dropOldForms, useKept } from './kept.ts';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  useSession().me = PEOPLE.handler!;
});

describe('a form that is being filled in', () => {
  it('is there again when the form is opened anew', async () => {
    const first = useKept('c1/reply', { text: '', ticks: [] as string[] });
    first.typed.text = '写到一半';
    first.typed.ticks.push('甲');
    await nextTick();
    expect(first.savedAt.value).not.toBeNull();
    expect(useKept('c1/reply', { text: '', ticks: [] as string[] }).typed).toEqual({
      text: '写到一半',
      ticks: ['甲'],
    });
  });

  it('belongs to its case, its act and its person', async () => {
    useKept('c1/reply', { text: '' }).typed.text = '我的';
    await nextTick();
    expect(useKept('c2/reply', { text: '' }).typed.text).toBe('');
    expect(useKept('c1/ask', { text: '' }).typed.text).toBe('');
    useSession().me = PEOPLE.dispatcher!;
    expect(useKept('c1/reply', { text: '' }).typed.text).toBe('');
  });

  it('is forgotten once sent, even if the form still changes while it closes', async () => {
    const form = useKept('c1/reply', { text: '' });
    form.typed.text = '发出去的';
    await nextTick();
    form.clear();
    form.typed.text = '';
    await nextTick();
    expect(localStorage.length).toBe(0);
  });

  it('takes fields a newer version of the form has from its fresh values', () => {
    localStorage.setItem(
      'minqing.form.handler.c1/reply',
      JSON.stringify({ at: Date.now(), typed: { text: '旧的' } }),
    );
    expect(useKept('c1/reply', { text: '', class: 'solved' }).typed).toEqual({
      text: '旧的',
      class: 'solved',
    });
  });

  it('survives storage that holds nonsense, and is dropped after a month', () => {
    localStorage.setItem('minqing.form.handler.c1/reply', '{half');
    localStorage.setItem(
      'minqing.form.handler.c2/reply',
      JSON.stringify({ at: Date.now() - 31 * 86_400_000, typed: { text: '很久以前' } }),
    );
    localStorage.setItem('minqing.look', '{}');
    expect(useKept('c1/reply', { text: '新' }).typed.text).toBe('新');
    expect(useKept('c2/reply', { text: '' }).typed.text).toBe('');
    dropOldForms();
    expect(Object.keys(localStorage)).toEqual(['minqing.look']);
  });
});
