/** Files of the API in the page: shown where they stand, saved where somebody wants to keep them. */
import { appConfig, sameSiteApi } from '../config.ts';
import { apiUrl, bytesOf } from './client.ts';

/** Browsers read what a link offers a moment after the click. Milliseconds. */
const READ_WITHIN = 60_000;

/** True where an address alone is let in, because the cookie goes along; a bearer session has to fetch the bytes. */
export const addressIsEnough = (): boolean => sameSiteApi(appConfig().api);

/**
 * What an image can name as its source. A source that was made from bytes begins with `blob:` and is the caller's to
 * revoke. Throws an ApiError.
 */
export async function imageSource(url: string): Promise<string> {
  return addressIsEnough() ? apiUrl(url) : URL.createObjectURL(await bytesOf(url));
}

/** Fetches bytes and has the browser keep them under a name. Throws an ApiError when they could not be fetched. */
export async function save(
  path: string,
  name: string,
  query: Parameters<typeof bytesOf>[1] = {},
): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await bytesOf(path, query));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_WITHIN);
}
