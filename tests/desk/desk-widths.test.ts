import { describe, expect, it } from 'vitest';
import { useDesk } from './desk-page.ts';

const desk = useDesk();

/** What stands where, in whole pixels of the window. */
interface Place {
  name: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The visible elements a selector finds. */
function places(selector: string): Promise<Place[]> {
  return desk.page.locator(selector).evaluateAll((elements) =>
    elements
      .filter((element) => (element as HTMLElement).offsetParent !== null)
      .map((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return {
          name: element.textContent.trim(),
          left: Math.floor(left),
          right: Math.ceil(right),
          top: Math.ceil(top),
          bottom: Math.floor(bottom),
        };
      }),
  );
}

function overlaps(a: Place, b: Place): boolean {
  return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom && b.top < a.bottom;
}

describe.each([375, 900, 1440])('a window %i pixels wide', (width) => {
  it('shows the last calls side by side with what came of them, none over another', async () => {
    await desk.page.setViewportSize({ width, height: 812 });
    const lines = await places('.log li');
    expect(lines.length).toBeGreaterThanOrEqual(3);
    const strip = (await places('.log'))[0];
    expect(lines.filter((one) => one.right > (strip?.right ?? 0))).toEqual([]);
    expect(lines.filter((one, at) => lines.slice(at + 1).some((other) => overlaps(one, other)))).toEqual([]);
    const verdicts = await places('.log li em');
    expect(verdicts.filter((one) => one.right - one.left < 60)).toEqual([]);
  });

  it('keeps every control in sight and says what the network does in one line', async () => {
    await desk.page.setViewportSize({ width, height: 812 });
    await desk.page.getByRole('radio', { name: '限流' }).click();
    await desk.page.getByText('服务会自己重试').waitFor();
    const controls = await places('.top button:not(dialog button), .top-say, .guide button');
    expect(controls.length).toBeGreaterThan(8);
    expect(controls.filter((one) => one.left < 0 || one.right > width)).toEqual([]);
    expect(controls.filter((one) => one.bottom - one.top > 44)).toEqual([]);
  });
});
