import type { MeasureReport } from 'fhir/r4';

/** Whether two reports say the same; when they were written, and what a server adds, is no difference. */
export const sameContent = (a: MeasureReport, b: MeasureReport): boolean =>
  canonical(contentOf(a)) === canonical(contentOf(b));

const contentOf = ({ status, type, measure, reporter, period, group }: MeasureReport) => ({
  status,
  type,
  measure,
  reporter,
  period,
  group,
});

/** JSON with the fields in one order: a server may keep another. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
