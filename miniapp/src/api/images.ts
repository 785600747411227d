import { appConfig, sameSiteApi } from '../config.ts';
import { apiUrl, bytesOf } from './client.ts';

/** True where an address alone is let in, because the cookie goes along; a bearer session has to fetch the bytes. */
export const addressIsEnough = (): boolean => sameSiteApi(appConfig().api);

/**
 * What an image can name as its source. A source that was made from bytes begins with `blob:` and is the caller's to
 * revoke. Throws an ApiError.
 */
export async function imageSource(url: string): Promise<string> {
  return addressIsEnough() ? apiUrl(url) : URL.createObjectURL(await bytesOf(url));
}
