import { describe, it } from 'vitest';
import { expectNothingWrong, LONG } from '#tests/support/outbox/never-wrong.ts';

/**
 * The real outbox, its real IndexedDB store and the sandbox as its server, through days in which
 * everything goes wrong: docs/decisions/2026-11-22-outbox.md. Here and in `outbox-model-search` and
 * `outbox-model-ways`, files of their own so that they run at the same time: 10,400 decisions over all.
 */
describe('one current answer for each decision, whatever goes wrong', () => {
  it('conditional create: 5,000 decisions', { timeout: LONG }, () =>
    expectNothingWrong({ decisions: 5_000, seed: 1, conditionalCreate: true }),
  );
});
