import { describe, it } from 'vitest';
import { expectNothingWrong, LONG } from '#tests/support/outbox/never-wrong.ts';

describe('one current answer for each decision where the server knows no conditional create', () => {
  it('search, wait, search, send: 4,000 decisions', { timeout: LONG }, () =>
    expectNothingWrong({ decisions: 4_000, seed: 10_001, conditionalCreate: false }),
  );
});
