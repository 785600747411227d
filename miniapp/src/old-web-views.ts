/**
 * Parts of the language and of the web that phones' web views from Chrome 64 and Safari 12 on lack. The build rewrites
 * syntax only; what a library or a screen calls by these names must be there. Loaded before everything else. Web views older
 * than that get the language whole from their own build and need only the last part.
 */

function lend(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) {
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  }
}

/** Gives an array's prototype and the Object constructor what they lack, and nothing else. */
export function equip(array: object, object: object): void {
  lend(array, 'at', function at<T>(this: T[], index: number): T | undefined {
    return this[index < 0 ? this.length + index : index];
  });
  lend(array, 'flatMap', function flatMap<T, U>(this: T[], make: (item: T, index: number) => U | U[]): U[] {
    return ([] as U[]).concat(...this.map((item, index) => make(item, index)));
  });
  lend(array, 'toSorted', function toSorted<T>(this: T[], compare?: (one: T, other: T) => number): T[] {
    return this.slice().sort(compare);
  });
  lend(object, 'fromEntries', (entries: Iterable<[string, unknown]>): Record<string, unknown> => {
    const made: Record<string, unknown> = {};
    for (const [name, value] of entries) {
      made[name] = value;
    }
    return made;
  });
}

/** Its signal is a piece of a page, which can tell listeners; `fetch` of a web view without its own takes no notice of it. */
export class PlainAbortController {
  readonly signal = Object.assign(document.createDocumentFragment(), { aborted: false });

  abort(): void {
    if (!this.signal.aborted) {
      this.signal.aborted = true;
      this.signal.dispatchEvent(new Event('abort'));
    }
  }
}

/** Asked by Vue for every field whose words it sets. */
export function topOf(node: Node): Node {
  return node.parentNode ? topOf(node.parentNode) : node;
}

equip(Array.prototype, Object);
lend(Node.prototype, 'getRootNode', function getRootNode(this: Node) {
  return topOf(this);
});
lend(window, 'AbortController', PlainAbortController);
