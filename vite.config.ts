import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { sbom } from './src/cli/sbom/plugin.ts';

// fhirclient's Node entry is what "import" resolves to under vitest; the app is a browser app.
const browserFhirclient = {
  find: /^fhirclient$/,
  replacement: 'fhirclient/lib/entry/browser.js',
};

// fhirclient logs tokens through it once `localStorage.debug` is set.
const noDebug = {
  find: /^debug$/,
  replacement: fileURLToPath(new URL('./src/io/smart/no-debug.cjs', import.meta.url)),
};

const { version } = JSON.parse(
  readFileSync(new URL('./package.json', import.meta.url), 'utf8'),
) as { version: string };

/**
 * launch.html only hands over to the EHR's sign-in: meanwhile the browser fetches and compiles what
 * index.html will run. The names carry hashes, hence at build time.
 */
const preloadWhileSigningIn: Plugin = {
  name: 'preload-while-signing-in',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle, filename }) {
      if (!filename.endsWith('launch.html') || bundle === undefined) return [];
      const page = Object.values(bundle).find(
        (part) => part.type === 'chunk' && part.facadeModuleId?.endsWith('/index.html'),
      );
      if (page?.type !== 'chunk') return [];
      const wanted = [page.fileName, ...page.imports].filter((file) => !html.includes(file));
      return wanted.map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
        injectTo: 'head' as const,
      }));
    },
  },
};

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(version) },
  // Relative asset URLs: a site may serve the app from any path.
  base: './',
  plugins: [react(), preloadWhileSigningIn, sbom('dist/sbom.cdx.json')],
  resolve: { alias: [browserFhirclient, noDebug] },
  build: {
    outDir: 'dist/app',
    target: 'es2023',
    // Strict CSP: no inline module preload script, no data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['index.html', 'launch.html'] },
  },
  test: {
    globals: false,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/{unit,contract,cli,architecture}/**/*.test.ts'],
          setupFiles: ['tests/support/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser-like',
          environment: 'jsdom',
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/setup.ts', 'tests/support/setup-dom.ts'],
        },
      },
    ],
  },
});
