/** Areas as hexagons side by side: Jinhua's where they lie to one another, others in rows in their order. */
export interface Cell {
  key: string;
  /** In widths of a hexagon from the left; in rows from the top. */
  x: number;
  y: number;
}

/** By the national code of the area: column and row, roughly as on a map. */
const KNOWN: Readonly<Record<string, readonly [x: number, y: number]>> = {
  '330781': [1, 0],
  '330726': [2, 0],
  '330702': [0.5, 1],
  '330703': [1.5, 1],
  '330782': [2.5, 1],
  '330783': [3.5, 1],
  '330799': [0, 2],
  '330723': [1, 2],
  '330784': [2, 2],
  '330727': [3, 2],
};

/** Whether the areas stand as they lie to one another. */
export const isMap = (keys: readonly string[]): boolean => keys.every((key) => key in KNOWN);

/** Every second row is moved by half a hexagon. */
export function honeycomb(keys: readonly string[]): Cell[] {
  if (isMap(keys)) {
    return keys.map((key) => {
      const [x, y] = KNOWN[key] ?? [0, 0];
      return { key, x, y };
    });
  }
  const across = Math.max(1, Math.ceil(Math.sqrt(keys.length * 1.4)));
  return keys.map((key, at) => {
    const y = Math.floor(at / across);
    return { key, x: (at % across) + (y % 2) / 2, y };
  });
}

/** Five steps from the lowest to the highest, each a whole number of points; the first is open below, the last above. */
export function stepsOf(values: readonly number[]): number[] {
  const low = Math.floor(Math.min(...values, 100));
  const high = Math.ceil(Math.max(...values, low));
  const size = Math.max(1, Math.round((high - low) / 5));
  return [1, 2, 3, 4].map((n) => low + n * size);
}

/** Which of the five a value is in, 0 the lowest. */
export const stepOf = (value: number, steps: readonly number[]): number =>
  steps.filter((step) => value >= step).length;
