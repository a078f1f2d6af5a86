import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
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

/** fhirclient's own switch: the browser's `fetch`, and no polyfill of it. */
const nativeFetch: Plugin = {
  name: 'fhirclient-native-fetch',
  apply: 'build',
  config: () => ({ define: { FHIRCLIENT_PURE: 'true' } }),
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

const LAUNCH = /\/src\/app\/launch\.ts$/;
const REVIEW = /\/src\/app\/main\.tsx$/;
/**
 * What a launch loads stays in two pieces, what launch.html needs and the rest, whatever other page
 * shares parts of it: split along every page that shares, it becomes many, which compress worse.
 */
const launchChunks = [
  { name: 'sign-in', pages: [LAUNCH, REVIEW] },
  { name: 'app', pages: [REVIEW] },
].map(({ name, pages }, index) => ({
  name: (id: string, modules: ModuleInfos) =>
    pages.every((page) => reaches(id, page, modules)) ? name : null,
  debugName: name,
  priority: 2 - index,
}));

interface ModuleInfos {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/** Whether a module is imported by `page`, by however many others in between, and not on demand. */
function reaches(id: string, page: RegExp, modules: ModuleInfos): boolean {
  // The pages' own modules run when they are loaded: each stays in its own file.
  if (page.test(id)) return false;
  const seen = new Set([id]);
  for (const one of seen) {
    if (page.test(one)) return true;
    for (const importer of modules.getModuleInfo(one)?.importers ?? []) seen.add(importer);
  }
  return false;
}

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(version) },
  // Relative asset URLs: a site may serve the app from any path.
  base: './',
  plugins: [react(), nativeFetch, preloadWhileSigningIn, sbom('dist/sbom.cdx.json')],
  resolve: { alias: [browserFhirclient, noDebug] },
  // The export's own thread loads the writers of formats when they are asked for.
  worker: { format: 'es' },
  build: {
    outDir: 'dist/app',
    target: 'es2023',
    // Strict CSP: no inline module preload script, no data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Compressed it is a third of that; the budget is kept by tests/bench/launch-payload.ts.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: ['index.html', 'launch.html'],
      output: { codeSplitting: { groups: launchChunks } },
    },
  },
  test: {
    globals: false,
    restoreMocks: true,
    // A command is a process of its own, and a busy machine starts it late: this is no measurement.
    testTimeout: 20_000,
    unstubGlobals: true,
    // Vitest leaves one processor to itself: on two, half of what there is.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          // What is tested here keeps no state in modules: each worker loads them once.
          isolate: false,
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
