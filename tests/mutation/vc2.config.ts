import { defineConfig } from 'vitest/config';

/** For the mutation run only: every test in one worker that stays. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/mutation/all.test.ts'],
    // none
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    testTimeout: 0,
    watch: false,
  },
});
