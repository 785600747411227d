import { describe, expect, it } from 'vitest';
import { drawChips, readChips } from './chipText.ts';

const drawn = (wording: string, known = ['时限', '民情标题']): HTMLElement => {
  const element = document.createElement('div');
  drawChips(element, wording, known);
  return element;
};

describe('words with variables in an editable element', () => {
  it('are read as they were drawn', () => {
    for (const wording of ['请在 {时限} 前答复', '{时限}', '', '两\n行 {民情标题}', '<b>不是标记</b>']) {
      expect(readChips(drawn(wording))).toBe(wording);
    }
  });

  it('never become markup', () => {
    expect(drawn('<img src=x>{<b>}').querySelector('img, b')).toBeNull();
  });

  it('hold each variable as one piece, and mark one nobody knows', () => {
    const element = drawn('{时限}{手机号}');
    const chips = [...element.querySelectorAll('span')];
    expect(chips.map((chip) => [chip.contentEditable, chip.className])).toEqual([
      ['false', 'va'],
      ['false', 'va bad'],
    ]);
    chips[0]!.remove();
    expect(readChips(element)).toBe('{手机号}');
  });

  it('are read from the lines a browser makes', () => {
    const element = drawn('一');
    element.insertAdjacentHTML('beforeend', '<div>二<br></div><div>三</div>');
    expect(readChips(element)).toBe('一\n二\n\n三');
  });
});
