import { MONITORING_VIEWS } from '#src/domain/monitoring/views.ts';
import type { View } from './view.ts';
import { DASHBOARD_VIEWS } from './views.ts';

/** All that `metrics --publish` writes: what the dashboard and what the monitors read. */
export const PUBLISHED_VIEWS: readonly View[] = [...DASHBOARD_VIEWS, ...MONITORING_VIEWS];
