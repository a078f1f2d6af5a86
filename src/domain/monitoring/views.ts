import type { View } from '#src/domain/aggregates/view.ts';

/** What detectors read, all by week. Labels by the week in which they became known: no past changes. */
export const MONITORING_VIEWS = [
  view('monitor-reach', 'reach', ['model']),
  view('monitor-adoption', 'adoption', ['model', 'version', 'unit']),
  view('monitor-reasons', 'reasons', ['model']),
  view('monitor-equity', 'equity', ['model', 'unit']),
  view('monitor-response-time', 'response-time', ['model'], 'own'),
  // Earlier exposures of a clinician are those to all patients.
  { ...view('monitor-fatigue', 'fatigue', ['model'], 'own'), byPatient: false },
  view('monitor-alert-rate', 'accuracy-by-encounter', ['model']),
  view('monitor-labelled', 'accuracy-as-labelled', ['model', 'site']),
] as const satisfies readonly View[];

export type MonitoringView = (typeof MONITORING_VIEWS)[number]['name'];

function view<const Name extends string>(
  name: Name,
  metric: string,
  by: View['by'],
  cluster: View['cluster'] = 'none',
): View & { readonly name: Name } {
  return { name, metric, by: [...by, 'week'], weeks: 1, cluster, byPatient: true };
}
