import { describe, expect, it } from 'vitest';
import { LENGTHS } from '@minqing/shared/words';
import type { ActionName } from '@minqing/shared/workflow';
import { action } from '../../../tests/mock-api/cases.ts';
import { prefillOf } from './useCaseActs.ts';
import { verbsOf } from './verbs.ts';

const bar = (...names: ActionName[]): (string | undefined)[] => {
  const { main, beside } = verbsOf({ actions: names.map((name) => action(name)) });
  return [main?.action, beside?.action];
};

describe('the bar of a case', () => {
  it.each<[string, ActionName[], (string | undefined)[]]>([
    ['a reviewer', ['decline', 'return', 'accept', 'comment'], ['accept', 'return']],
    ['a dispatcher', ['comment', 'sendBack', 'dispatch'], ['dispatch', 'sendBack']],
    ['a handler before signing', ['transferBack', 'reply', 'sign', 'progress'], ['sign', 'reply']],
    ['a handler afterwards', ['ask', 'progress', 'reply'], ['reply', 'progress']],
    ['a co-handler', ['opinion', 'comment', 'sign'], ['sign', 'opinion']],
    ['who only watches', ['redispatch', 'recall', 'comment'], [undefined, 'redispatch']],
    ['who may do nothing', [], [undefined, undefined]],
  ])('has the one duty of %s filled and the next beside it', (_who, names, expected) => {
    expect(bar(...names)).toEqual(expected);
  });

  it('leaves what the author does to the author’s page', () => {
    expect(verbsOf({ actions: [action('rate'), action('withdraw'), action('supplement')] }).all).toEqual([]);
  });
});

describe('words a card hands over', () => {
  it('lose what nobody types and stay within what may be sent', () => {
    expect(prefillOf({ text: '  一行\r\n二行\u0000\u202e\u200b ', class: 'planned' })).toEqual({
      text: '一行\n二行',
      class: 'planned',
    });
    expect(prefillOf({ text: '长'.repeat(5_000) }).text).toHaveLength(LENGTHS.reply);
  });

  it('take no class that does not exist, and the first of several values', () => {
    expect(prefillOf({ text: ['甲', '乙'], class: '__proto__' })).toEqual({ text: '甲', class: '' });
    expect(prefillOf({})).toEqual({ text: '', class: '' });
  });
});
