import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { oldViews } from './vite.old-views.ts';

/** Shared by the first screens of members and staff alike; what only a wide window shows is not in it. */
const FRAME =
  /miniapp[\\/]src[\\/](App\.vue|main\.ts|router\.ts|config\.ts|api|stores(?![\\/]attention)|icons|shell(?![\\/](AppRail|rail))|host[\\/](index|browser|detect|port|arrival|scan)|drafts|composables[\\/](useLoad|useLatest|usePages|usePagedList|useWide)|ui[\\/](StateCard|PagedList|MoreButton|ProblemNote|FaultCard|SkeletonRows|StatusLight|StarRow|say|clock))/;

/**
 * The mini-app's build. Relative base because a host may put the front end on its own origin. It is built twice: as modules
 * for web views that run them, and once more for those that do not (vite.old-views.ts). The four inline scripts that tell
 * the two apart are allowed by their hashes, which the server reads from the page.
 */
export default defineConfig(({ command }) => {
  if (command === 'build') {
    // What is built is what is deployed, whatever the process that asked for it calls itself (a test run says `test`).
    process.env.NODE_ENV = 'production';
  }
  return {
    root: import.meta.dirname,
    base: './',
    plugins: [vue(), oldViews()],
    // dingtalk-jsapi brings a Promise for web views that lack one; the build for those brings a whole one.
    resolve: {
      alias: {
        'promise-polyfill/dist/polyfill': fileURLToPath(new URL('src/host/nothing.ts', import.meta.url)),
      },
    },
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      cssTarget: ['chrome49', 'ios10.3'],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rollupOptions: {
        output: {
          // What every first screen needs, in few files: a weak network pays for each request.
          codeSplitting: {
            groups: [
              { name: 'vue', test: /node_modules[\\/](vue|@vue|vue-router|pinia)[\\/]/ },
              { name: 'frame', test: FRAME },
              {
                name: 'dingtalk',
                test: /node_modules[\\/]dingtalk-jsapi[\\/](lib[\\/](?!bridge|packages[\\/]frame)|constant)/,
              },
            ],
          },
        },
      },
    },
    server: { host: '127.0.0.1' },
  };
});
