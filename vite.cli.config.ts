import { defineConfig } from 'vite';

/** `clinician-feedback` as one file for Node, so that an installed package needs no TypeScript. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node22',
    rolldownOptions: { output: { entryFileNames: 'clinician-feedback.js' } },
  },
});
