import type { Simulation } from '#src/domain/simulate/simulation.ts';
import { HOSPITAL } from '../ward/build.ts';

/** The outcome that nobody can deny at discharge, so that no rule of this site is about it. */
export const NO_RULE = 'readmission';

/** Codes of outcomes and actions in this hospital: made up, so that they are taken for nothing real. */
export const OUTCOME_SYSTEM = `${HOSPITAL}/outcomes`;

interface OutcomeRule {
  readonly id: string;
  readonly kind: 'label' | 'action';
  readonly outcome: string;
  readonly type: 'Condition' | 'Procedure';
  readonly codes: readonly { readonly system: string; readonly code: string }[];
  readonly critical?: boolean;
}

/** What the site states about its tables: the shape of the file that `--settings` takes. */
export interface HospitalSettings {
  readonly sites: Simulation['settings']['sites'];
  readonly models: NonNullable<Simulation['settings']['models']>;
  readonly negatives: readonly { readonly rule: string; readonly outcome_code: string }[];
  readonly outcomes: readonly OutcomeRule[];
}

const codes = (code: string) => [{ system: OUTCOME_SYSTEM, code }];

const label = (id: string, outcome: string, critical: boolean): OutcomeRule => ({
  id,
  kind: 'label',
  outcome,
  type: 'Condition',
  codes: codes(id),
  critical,
});

export function settingsOf({ sites, models = [] }: Simulation['settings']): HospitalSettings {
  const outcomes = models.flatMap(({ outcome_code }) =>
    outcome_code === undefined || outcome_code === NO_RULE ? [] : outcome_code,
  );
  return {
    sites,
    models,
    negatives: outcomes.map((one) => ({ rule: one, outcome_code: one })),
    outcomes: [
      ...outcomes.flatMap((one) => [label(one, one, false), label(`${one}-critical`, one, true)]),
      ...models.flatMap(({ actions = [] }) =>
        actions.map(
          (one): OutcomeRule => ({
            id: one,
            kind: 'action',
            outcome: one,
            type: 'Procedure',
            codes: codes(one),
          }),
        ),
      ),
    ],
  };
}
