import { apiUrl, authHeaders, type RequestOptions } from './client.ts';
import { lostRequest, problemOf } from './errors.ts';

/**
 * Fetches what the API answers as a file and hands it to the browser under `name`. Throws ApiError. Fetched and not
 * linked, since a link carries no bearer token and shows a refusal as a page.
 */
export async function download(path: string, query: RequestOptions['query'], name: string): Promise<void> {
  const response = await fetch(apiUrl(path, query), {
    headers: authHeaders(),
    credentials: 'same-origin',
  }).catch(() => {
    throw lostRequest(false);
  });
  if (!response.ok) {
    throw await problemOf(response);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
