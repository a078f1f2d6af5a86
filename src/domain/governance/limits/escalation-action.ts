import { instantRange } from '#src/domain/instant.ts';
import type { TransitionScope } from '../lifecycle/transition.ts';
import { type ModelStateRecord, type StandingState, standingState } from '../model-state.ts';
import type { AutomaticAction } from './sla.ts';

/** What follows by itself from a breach at one place, or why nothing does. */
export type ActionPlan =
  | { readonly state: 'suspended' }
  /** @property until ISO 8601: a restriction lasts no longer than the approval that it narrows. */
  | { readonly state: 'restricted'; readonly until?: string }
  | { readonly state: undefined; readonly why: string };

const not = (why: string): ActionPlan => ({ state: undefined, why });

/** A place that no record names. */
const ELSEWHERE = '';

/**
 * A restriction is put where the model is in use for everybody, and nowhere else: over a suspension, a
 * pilot or a silent trial it would show advice to more people than before. There, people decide.
 * @param records of the model version @param now epoch ms
 */
export function planAction(
  action: AutomaticAction,
  records: readonly ModelStateRecord[],
  scope: Pick<TransitionScope, 'site' | 'units'>,
  now: number,
): ActionPlan {
  if (action === 'notify') return not('Nothing is to be done by itself.');
  const standing = standingIn(records, scope, now);
  const all = (...codes: readonly string[]): boolean =>
    standing.every(({ code }) => codes.includes(code));
  if (action === 'suspend')
    return all('suspended', 'retired')
      ? not('It was suspended or retired there already.')
      : { state: 'suspended' };
  if (all('restricted')) return not('It was restricted there already.');
  if (!all('active', 'unknown', 'restricted'))
    return not(
      'Not restricted: in a part of this place it is no model in use for everybody, and a restriction would show it to more people. Decide what holds there.',
    );
  const [until] = standing
    .flatMap(({ record }) => record?.until ?? [])
    .toSorted((a, b) => endOf(a) - endOf(b));
  return { state: 'restricted', ...(until !== undefined && { until }) };
}

const endOf = (until: string): number => instantRange(until)?.latest ?? 0;

/** What holds at each place of the scope that records tell apart, and at any other. */
function standingIn(
  records: readonly ModelStateRecord[],
  { site, units }: Pick<TransitionScope, 'site' | 'units'>,
  now: number,
): readonly StandingState[] {
  const sites =
    site === undefined ? [ELSEWHERE, ...records.flatMap((one) => one.site ?? [])] : [site];
  const named = units.length === 0 ? [ELSEWHERE, ...records.flatMap((one) => one.units)] : units;
  return [...new Set(sites)].flatMap((one) =>
    [...new Set(named)].map((unit) =>
      standingState(records, { site: one, units: [unit], clinicians: [] }, now),
    ),
  );
}
