import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/**
 * The mini-app's build. Relative base because a host may put the front end on its own origin; the target is the oldest
 * web view that runs modules with dynamic import. No inline script is emitted, so the page's CSP needs no hash.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2019', 'chrome64', 'safari12'],
    cssTarget: ['chrome64', 'safari12'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { host: '127.0.0.1' },
});
