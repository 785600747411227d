import { describe, expect, it } from 'vitest';
import { problemsOf } from './old-css.ts';

describe('the check for old web views', () => {
  it.each([
    ['.a { display: flex; gap: 8px; }', 'gap'],
    ['.a { row-gap: 1px }', 'row-gap'],
    ['.a { inset: 0 }', 'inset'],
    ['.a { inset-inline: 0 }', 'inset-inline'],
    ['.a { aspect-ratio: 1 }', 'aspect-ratio'],
    ['.a { height: 100dvh }', 'height'],
    ['.a { height: calc(100svh - 4px) }', 'height'],
    ['.a:is(.b, .c) { color: red }', '.a:is(.b, .c)'],
    ['.a, .b:focus-visible { color: red }', '.a, .b:focus-visible'],
  ])('finds %s', (css, what) => {
    expect(problemsOf('a.css', css)).toEqual([expect.stringContaining(`a.css:1 ${what}:`)]);
  });

  it('leaves alone what those web views can do', () => {
    const css =
      '.a { display: grid; grid-gap: 8px; top: 0; height: 100vh } .b:focus-visible, .c:focus-visible { outline: 0 }';
    expect(problemsOf('a.css', css)).toEqual([]);
  });

  it('reads the style blocks and style attributes of a component, and names the line', () => {
    const component =
      '<template>\n  <div style="gap: 4px"></div>\n</template>\n<style scoped>\n.a {\n  inset: 0;\n}\n</style>\n';
    expect(problemsOf('A.vue', component).map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
      'A.vue:6 inset',
      'A.vue:2 gap',
    ]);
  });
});
