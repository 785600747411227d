import { bytesOf, type RequestOptions } from './client.ts';

/** Browsers read what a link offers a moment after the click. Milliseconds. */
const READ_WITHIN = 60_000;

/**
 * Fetches what the API answers as a file and hands it to the browser under `name`. Throws ApiError. Fetched and not
 * linked, since a link carries no bearer token and shows a refusal as a page.
 */
export async function download(path: string, query: RequestOptions['query'], name: string): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await bytesOf(path, query));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_WITHIN);
}
