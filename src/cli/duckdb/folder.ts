import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DELETIONS, deletions } from '../sources/fhir-folder.ts';

/** Types whose files SQL reads; the name of the file says which it holds, as Bulk Data writes it. */
export const IN_SQL = [
  'Observation',
  'RiskAssessment',
  'Encounter',
  'Patient',
  'Condition',
  'Procedure',
  'MedicationAdministration',
] as const;
export type InSql = (typeof IN_SQL)[number];

export interface Folder {
  readonly sql: Readonly<Record<InSql, readonly string[]>>;
  readonly others: readonly string[];
  /** By reference, the version that a deletion made. */
  readonly gone: ReadonlyMap<string, number>;
}

const TYPED = /^([A-Z][A-Za-z]+)(?:[.-][\w-]*)*\.ndjson(?:\.gz)?$/;

/** The files of a folder of FHIR NDJSON, by who reads them. Throws where there are none. */
export async function listFolder(folder: string): Promise<Folder> {
  const names = (await readdir(folder)).filter((name) => /\.ndjson(\.gz)?$/.test(name)).toSorted();
  const files = names.filter((name) => name !== DELETIONS);
  if (files.length === 0)
    throw new Error(`${folder} holds no file of FHIR, such as Observation.ndjson.`);
  const of = (type: string) =>
    files.filter((name) => TYPED.exec(name)?.[1] === type).map((name) => join(folder, name));
  const sql = {
    Observation: of('Observation'),
    RiskAssessment: of('RiskAssessment'),
    Encounter: of('Encounter'),
    Patient: of('Patient'),
    Condition: of('Condition'),
    Procedure: of('Procedure'),
    MedicationAdministration: of('MedicationAdministration'),
  };
  const taken = new Set(Object.values(sql).flat());
  return {
    sql,
    others: files.map((name) => join(folder, name)).filter((path) => !taken.has(path)),
    gone: names.includes(DELETIONS) ? await deletions(join(folder, DELETIONS)) : new Map(),
  };
}
