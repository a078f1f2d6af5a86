import type { View } from './view.ts';

const PLACE = ['model', 'version', 'site', 'unit'] as const;

/** What the dashboard reads. Weekly where a chart has a time axis, in blocks where it has none. */
export const DASHBOARD_VIEWS: readonly View[] = [
  weekly('adoption-weekly', 'adoption', PLACE),
  weekly('reach-weekly', 'reach', PLACE),
  weekly('response-time-weekly', 'response-time', PLACE),
  weekly('burden-weekly', 'burden', ['model', 'site', 'unit']),
  weekly('accuracy-weekly', 'accuracy-by-encounter', ['model', 'version', 'site']),
  inBlocks('reasons', 'reasons', ['model', 'site', 'unit'], 'none'),
  inBlocks('adoption-by-role', 'adoption', ['model', 'site', 'unit', 'role'], 'none'),
  inBlocks('adoption-by-risk-band', 'adoption', ['model', 'site', 'unit', 'risk-band'], 'none'),
  inBlocks('calibration', 'calibration', ['model', 'version', 'site'], 'none'),
  inBlocks('equity', 'equity', ['model', 'site'], 'unit'),
  inBlocks('outcome-equity', 'outcome-equity', ['model', 'site'], 'unit'),
  inBlocks('clinician-variation', 'clinician-variation', ['model', 'site', 'unit'], 'own'),
  inBlocks('appropriateness', 'appropriateness', ['model', 'site'], 'own'),
  inBlocks('time-to-treatment', 'time-to-treatment', ['model', 'site'], 'none'),
];

function weekly(name: string, metric: string, by: View['by']): View {
  return { name, metric, by: [...by, 'week'], weeks: 1, cluster: 'none', byPatient: true };
}

function inBlocks(name: string, metric: string, by: View['by'], cluster: View['cluster']): View {
  return { name, metric, by: [...by, 'week'], weeks: 4, cluster, byPatient: true };
}
