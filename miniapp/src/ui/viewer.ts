import { apiUrl, imageSource } from '../api/index.ts';

/**
 * Opens photos full screen, in the page: the files are permission-checked and a messenger's own viewer carries no
 * session. `urls` as the API answered them.
 */
export async function openViewer(urls: readonly string[], start: number): Promise<void> {
  const [{ showImagePreview }] = await Promise.all([
    import('vant/es/image-preview'),
    import('vant/es/swipe/index.css'),
    import('vant/es/swipe-item/index.css'),
    import('vant/es/image/index.css'),
    import('vant/es/image-preview/index.css'),
    import('vant/es/overlay/index.css'),
    import('vant/es/popup/index.css'),
  ]);
  const images = await Promise.all(urls.map((url) => imageSource(url).catch(() => apiUrl(url))));
  showImagePreview({ images, startPosition: start, closeOnPopstate: true });
}
