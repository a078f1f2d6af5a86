import type { FhirResource } from 'fhir/r4';
import type { Simulation } from '#src/domain/simulate/simulation.ts';
import type { TableRow, Tables } from '#src/domain/tables/schema.ts';
import { toCondition, toEncounter, toPatient, toProcedure } from './charts.ts';
import { toResponse, toShown } from './feedback.ts';
import { toChangeObservation, toLocation, toPractitioner } from './governance.ts';
import { toDevice, toRiskAssessment } from './inferences.ts';

/** Rows as FHIR R4. It remembers who has been written, and nothing else. */
export interface ResourceMaker {
  /** What is there before the first week: places, models, the change log. */
  readonly standing: () => Iterable<FhirResource>;
  readonly of: (tables: Tables) => Iterable<FhirResource>;
}

type Model = Pick<TableRow<'scores'>, 'model_id' | 'model_version'>;
const modelKey = ({ model_id, model_version }: Model): string => `${model_id} ${model_version}`;

export function resourceMaker({ options, settings, standing }: Simulation): ResourceMaker {
  const { models = [], changes = [] } = standing;
  const start = Date.parse(`${options.start}T00:00:00Z`);
  const devices = new Map(models.map((row) => [modelKey(row), row.device_id ?? '']));
  const written = new Set<string>();

  function* made(): Generator<FhirResource> {
    for (const { units = [] } of settings.sites)
      for (const unit of units) yield toLocation(unit, start);
    for (const row of models) yield toDevice(row, start);
    for (const row of changes) yield toChangeObservation(row, devices.get(modelKey(row)));
  }

  function* people(rows: readonly { readonly clinician_id: string }[]): Generator<FhirResource> {
    for (const { clinician_id } of rows) {
      if (written.has(clinician_id)) continue;
      written.add(clinician_id);
      yield toPractitioner(clinician_id, start);
    }
  }

  function* of(tables: Tables): Generator<FhirResource> {
    const { encounters = [], scores = [], outcomes = [], exposures = [], decisions = [] } = tables;
    for (const stays of Map.groupBy(encounters, (row) => row.encounter_id).values()) {
      const [first, ...later] = stays;
      if (!first) continue;
      yield toPatient(first);
      yield toEncounter([first, ...later]);
    }
    for (const row of scores) yield toRiskAssessment(row, devices.get(modelKey(row)) ?? '');
    for (const row of outcomes) {
      if (row.kind === 'action') yield toProcedure(row);
      else if (row.label === true) yield toCondition(row);
    }
    yield* people(exposures);
    for (const row of exposures) yield toShown(row);
    for (const row of decisions) yield toResponse(row);
  }

  return { standing: made, of };
}
