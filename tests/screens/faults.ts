import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Elements that stick out of the window sideways, and whether the page can be pushed sideways. */
export function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > wide) {
      found.push(`page ${document.documentElement.scrollWidth} > ${wide}`);
    }
    for (const element of document.querySelectorAll('body *')) {
      const box = element.getBoundingClientRect();
      const hidden = box.width <= 1 || box.height <= 1 || getComputedStyle(element).visibility === 'hidden';
      const scrolled = element.closest('[data-scroll-x]') !== null;
      if (!hidden && !scrolled && (box.right > wide + 1 || box.left < -1)) {
        found.push(
          `${element.tagName}.${element.getAttribute('class') ?? ''} ${Math.round(box.left)}–${Math.round(box.right)}`,
        );
      }
    }
    return found;
  });
}

/** Texts that are cut: an element whose own words need more room than it shows. */
export function truncations(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const own = [...element.childNodes].some(
        (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
      );
      const style = getComputedStyle(element);
      const clips = style.overflowX !== 'visible' || style.textOverflow === 'ellipsis';
      const tiny = element.clientWidth <= 1 || element.clientHeight <= 1;
      const typed = element instanceof HTMLTextAreaElement;
      if (tiny || style.display === 'inline' || style.visibility === 'hidden') {
        continue;
      }
      const over =
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2;
      if ((own && clips && over) || (typed && element.scrollHeight > element.clientHeight + 2)) {
        found.push(
          `${element.tagName}.${element.className}: ${(element.textContent ?? '').trim().slice(0, 30)}`,
        );
      }
    }
    return found;
  });
}

/** Things to tap that are smaller than a finger: under 44 px high or wide, unless they are words in a sentence. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, a[href], input:not([type=file]), textarea, [role=switch]',
    )) {
      const box = element.getBoundingClientRect();
      const grown = getComputedStyle(element, '::after').content !== 'none';
      if (box.width > 1 && box.height > 1 && !grown && (box.height < 43.5 || box.width < 43.5)) {
        found.push(
          `${element.tagName}.${element.className} ${Math.round(box.width)}×${Math.round(box.height)} ${(element.textContent ?? '').trim().slice(0, 20)}`,
        );
      }
    }
    return found;
  });
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/**
 * Violations axe finds, one line each. `outside` are selectors of what belongs to others. In the page itself: it has no
 * frames of other origins that axe would have to be put together from.
 */
export async function violations(page: Page, outside: string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
  }
  return page.evaluate(
    async ([rules, exclude]) => {
      const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(
        { include: [['html']], exclude: exclude.map((selector) => [selector]) },
        { runOnly: rules, resultTypes: ['violations'], iframes: false },
      );
      return found.flatMap(({ id, nodes }) =>
        nodes.map(
          (node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
        ),
      );
    },
    [RULES, outside] as const,
  );
}
