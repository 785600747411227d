/** A web view of 2016 played in today's Chromium: it knows no module scripts, and none of what came after. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OldPage {
  /** A folder to serve in the place of the build's. */
  dist: string;
  remove(): void;
}

/**
 * The build as such a web view sees it: a script of a type it does not know is data to it, and `nomodule` is an attribute like
 * any other. The scripts' own text stays as it was built, and with it the hashes the server makes of it.
 */
export function asOldViewsReadIt(dist: string): OldPage {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-old-view-'));
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const read = html
    .replaceAll('<script type="module"', '<script type="not-known-here"')
    .replaceAll('<script nomodule', '<script')
    .replaceAll(/<link rel="modulepreload"[^>]*>/g, '');
  if (!read.includes('not-known-here') || !read.includes('<script crossorigin id="vite-legacy-entry"')) {
    throw new Error('the page was built in another way than this reads it');
  }
  writeFileSync(join(folder, 'index.html'), read);
  symlinkSync(join(dist, 'assets'), join(folder, 'assets'));
  symlinkSync(join(dist, 'icon.svg'), join(folder, 'icon.svg'));
  return { dist: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Runs in every page before its own scripts, as the text of this function: takes away what Chrome 49 and iOS 10 had not. The
 * desk itself keeps everything.
 */
export function takeAwayWhatCameLater(): void {
  if (location.hostname.startsWith('desk.')) {
    return;
  }
  const late: [object, string][] = [
    ...[
      'at',
      'flat',
      'flatMap',
      'findLast',
      'findLastIndex',
      'toSorted',
      'toReversed',
      'toSpliced',
      'with',
    ].map((name): [object, string] => [Array.prototype, name]),
    ...['padStart', 'padEnd', 'trimStart', 'trimEnd', 'matchAll', 'replaceAll', 'at', 'isWellFormed'].map(
      (name): [object, string] => [String.prototype, name],
    ),
    ...['entries', 'values', 'fromEntries', 'getOwnPropertyDescriptors', 'hasOwn', 'groupBy'].map(
      (name): [object, string] => [Object, name],
    ),
    [Promise, 'allSettled'],
    [Promise, 'any'],
    [Promise, 'withResolvers'],
    [Promise.prototype, 'finally'],
    ...['union', 'intersection', 'difference'].map((name): [object, string] => [Set.prototype, name]),
    [NodeList.prototype, 'forEach'],
    [Node.prototype, 'getRootNode'],
    [Node.prototype, 'isConnected'],
    ...['append', 'prepend', 'before', 'after', 'replaceWith', 'replaceChildren', 'toggleAttribute'].map(
      (name): [object, string] => [Element.prototype, name],
    ),
    [Blob.prototype, 'arrayBuffer'],
    [Blob.prototype, 'text'],
    [Crypto.prototype, 'randomUUID'],
    [URL, 'canParse'],
    [URL, 'parse'],
    ...[
      'AbortController',
      'AbortSignal',
      'ResizeObserver',
      'IntersectionObserver',
      'BroadcastChannel',
      'visualViewport',
      'queueMicrotask',
      'structuredClone',
      'globalThis',
    ].map((name): [object, string] => [window, name]),
  ];
  for (const [owner, name] of late) {
    delete (owner as Record<string, unknown>)[name];
  }
  // Its fetch knows no signal; today's would refuse one it did not make.
  const { fetch } = window;
  window.fetch = (input, init) => {
    const known = { ...init };
    delete known.signal;
    return fetch.call(window, input, known);
  };
}
