/**
 * The second build of the mini-app, for web views that know no module scripts: the PC client of 浙政钉 and phones of its time.
 * Web views that do know them load nothing of it.
 */
import legacy from '@vitejs/plugin-legacy';
import type { Plugin, PluginOption } from 'vite';

/** Vue needs Proxy, the API `fetch`: nothing older can run the mini-app. */
export const OLDEST = ['chrome >= 49', 'ios >= 10.3'];
/** Module scripts with dynamic import and async generators. */
const MODERN = ['chrome >= 64', 'edge >= 79', 'firefox >= 67', 'safari >= 12', 'ios >= 12'];

/**
 * The plugin asks a web view for `import.meta.resolve` by importing a `data:` address, which the page's policy refuses and
 * chunks made for Chrome 64 do not need. What else it asks for (dynamic import, `import.meta`, async generators) stays.
 */
const BY_DATA_ADDRESS = /import'data:text\/javascript,[^']*';/;

export function oldViews(): PluginOption[] {
  return [legacy({ targets: OLDEST, modernTargets: MODERN }), askedWithoutDataAddress()];
}

/** Fails the build when the plugin words its question anew: then nobody knows what a policy makes of it. */
function askedWithoutDataAddress(): Plugin {
  const strip = (text: string, where: string): string => {
    if (!BY_DATA_ADDRESS.test(text)) {
      throw new Error(`@vitejs/plugin-legacy no longer asks by a data: address in ${where}`);
    }
    return text.replace(BY_DATA_ADDRESS, '');
  };
  const isOld = (chunk: { fileName: string } | undefined): boolean =>
    chunk?.fileName.includes('-legacy') === true;
  return {
    name: 'minqing:asked-without-data-address',
    apply: 'build',
    enforce: 'post',
    renderChunk(code, chunk) {
      return chunk.isEntry && !isOld(chunk) ? { code: strip(code, chunk.fileName), map: null } : null;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { chunk }) => (isOld(chunk) ? html : strip(html, 'the page')),
    },
  };
}
