import type { Chart } from '../api.ts';
import { type ChartEncounter, readEncounter } from './encounter.ts';
import type { Json } from './json.ts';
import { type ChartPatient, readPatient } from './patient.ts';

export interface WardRow {
  readonly patient: ChartPatient;
  readonly encounter: ChartEncounter;
  /** Somebody else on the list could be taken for this patient. */
  readonly similarName: boolean;
}

/** Everybody who is in a bed, in the order of the beds. */
export async function loadWard(chart: Chart, now: number): Promise<readonly WardRow[]> {
  return wardRows(
    await chart.search('Encounter?status=in-progress&_include=Encounter:patient&_count=200'),
    now,
  );
}

export function wardRows(resources: readonly Json[], now: number): readonly WardRow[] {
  const patients = new Map(
    resources
      .filter((resource) => resource.resourceType === 'Patient')
      .map((resource) => [String(resource.id), readPatient(resource, now)]),
  );
  const rows = new Map<string, WardRow>();
  for (const resource of resources.filter((one) => one.resourceType === 'Encounter')) {
    const encounter = readEncounter(resource);
    const patient = patients.get(encounter.patientId ?? '');
    const known = rows.get(encounter.patientId ?? '');
    if (patient === undefined) continue;
    // Two open stays of one patient: the later one is where the patient lies now.
    if ((known?.encounter.admitted ?? '') <= (encounter.admitted ?? ''))
      rows.set(patient.id, { patient, encounter, similarName: false });
  }
  const all = [...rows.values()].map((row) => ({
    ...row,
    similarName: [...rows.values()].some((other) => other !== row && alike(other, row)),
  }));
  return all.toSorted((a, b) =>
    (a.encounter.bed ?? '~').localeCompare(b.encounter.bed ?? '~', 'en', { numeric: true }),
  );
}

/** Same family name and same first letter: the wards' own rule for a name alert. */
function alike(a: WardRow, b: WardRow): boolean {
  const key = ({ patient }: WardRow) =>
    `${patient.family} ${patient.given.slice(0, 1)}`.toLocaleLowerCase('en');
  return a.patient.family !== '' && key(a) === key(b);
}
