import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The sandbox EHR page: built apart, so that nothing of it can reach the app's production build. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/sandbox-ehr', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // Served under a strict Content-Security-Policy: no inline script, no data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
