import { expect, it } from 'vitest';
import { startStage } from '#src/cli/stage.ts';

const PATIENCE_MS = 60_000;

it.each([
  ['the EHR', undefined],
  ['the store, where there is one', { auth: 'smart' } as const],
])(
  'the past is published where the dashboard reads: in %s',
  async (_, store) => {
    const stage = await startStage({
      port: 0,
      scenario: 'hospital',
      past: { weeks: 5, perWeek: 60 },
      ...(store && { store }),
    });
    try {
      const published = await stage.published;
      const count = (sandbox: typeof stage.sandbox | undefined): number =>
        (sandbox?.held() ?? []).filter(({ resourceType }) => resourceType === 'MeasureReport')
          .length;
      const [dashboard, other] = store
        ? [stage.store?.sandbox, stage.sandbox]
        : [stage.sandbox, undefined];
      expect(published?.reports).toBeGreaterThan(0);
      expect(published?.decisions).toBeGreaterThan(150);
      expect([count(dashboard), count(other)]).toEqual([published?.reports, 0]);
    } finally {
      await stage.close();
    }
  },
  PATIENCE_MS,
);
