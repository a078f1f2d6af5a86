import { MODEL_FACTS, MODEL_KEYS } from '#src/domain/simulate/model-facts.ts';
import type { Simulation } from '#src/domain/simulate/simulation.ts';
import { ACTION_SYSTEM } from '#src/domain/simulate/systems.ts';
import type { TableName } from '#src/domain/tables/schema.ts';
import type { OutcomeRule } from '#src/fhir/tables/outcome-rule.ts';
import { KIND_SYSTEM } from './inferences.ts';

const SYNTHETIC =
  'Simulated data: no patient, clinician, hospital or product in it exists. Made by clinician-feedback simulate.';

const codes = (code: string) => [{ system: ACTION_SYSTEM, code }];

const label = (id: string, outcome: string, critical: boolean): OutcomeRule => ({
  id,
  kind: 'label',
  outcome,
  type: 'Condition',
  codes: codes(id),
  critical,
});

/** For `--settings`: what the hospital would state about its sites, its models and its labels. */
export function settingsFile({ settings }: Simulation) {
  const facts = MODEL_KEYS.map((key) => MODEL_FACTS[key]);
  return {
    sites: settings.sites,
    models: settings.models ?? [],
    negatives: facts.map(({ outcome }) => ({ rule: outcome, outcome_code: outcome })),
    outcomes: [
      ...facts.flatMap(({ outcome }) => [
        label(outcome, outcome, false),
        label(`${outcome}-critical`, outcome, true),
      ]),
      ...facts.map(
        ({ action }): OutcomeRule => ({
          id: action,
          kind: 'action',
          outcome: action,
          type: 'Procedure',
          codes: codes(action),
        }),
      ),
    ],
  };
}

/** For `--config`: how the probabilities are to be read, and what the kinds are called. */
export function configFile() {
  return {
    version: 1,
    siteName: 'Simulated hospital (synthetic)',
    synthetic: true,
    issuers: [
      {
        iss: 'https://simulated.example.org/fhir',
        label: 'Simulated hospital (synthetic)',
        vendor: 'other',
        clientId: 'simulated',
        scopes: 'launch openid fhirUser',
        hospitalStore: true,
        probabilityScales: [{ source: '*', scale: 'percent' }],
      },
    ],
    kinds: MODEL_KEYS.map((key) => ({
      id: MODEL_FACTS[key].kind,
      label: MODEL_FACTS[key].name,
      codes: [{ system: KIND_SYSTEM, code: MODEL_FACTS[key].kind }],
      reasons: [],
      staleAfterMinutes: 1440,
      series: [],
      watch: [],
      deferMinutes: [60, 240],
    })),
  };
}

export interface Written {
  readonly weeks: number;
  readonly rows: Readonly<Partial<Record<TableName, number>>>;
}

/** What is wrong, for whoever judges a detector; no detector may read it. */
export const truthFile = ({ options, problems }: Simulation, written: Written) => ({
  note: SYNTHETIC,
  ...options,
  written,
  problems,
});

export const README_TEXT = `${SYNTHETIC}

fhir/          FHIR R4, one file for each type; every resource is tagged HTEST and simulated
tables/        the flat tables (docs/tables.md)
settings.json  for --settings: sites, models, rules of labels
config.json    for --config: scale of the probabilities, kinds of recommendations
truth.json     what is wrong here; look at it last

clinician-feedback metrics --tables tables --settings settings.json
clinician-feedback metrics --from fhir --settings settings.json --config config.json
`;
