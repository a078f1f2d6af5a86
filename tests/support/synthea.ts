import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FhirResource, Observation, Patient } from 'fhir/r4';

/** Charts that this project did not write; they lie beside the repository, not in it. */
export const SYNTHEA = fileURLToPath(new URL('../../../shared/data/synthea/', import.meta.url));

export const syntheaFiles: readonly string[] = existsSync(SYNTHEA)
  ? readdirSync(SYNTHEA).filter((name) => name.endsWith('.json'))
  : [];

type Stored = FhirResource & { id: string };

export interface SyntheaChart {
  readonly resources: readonly Stored[];
  readonly patient: Patient & { id: string };
  /** Vital signs and laboratory results, one of each kind, newest first. */
  readonly newest: readonly (Observation & { id: string })[];
}

/** A transaction bundle as a server keeps it: ids from `fullUrl`, references rewritten to Type/id. */
export function syntheaChart(file: string): SyntheaChart {
  const { entry } = JSON.parse(readFileSync(`${SYNTHEA}${file}`, 'utf8')) as {
    entry: { fullUrl: string; resource: FhirResource }[];
  };
  const idOf = (fullUrl: string) => fullUrl.replace(/^urn:uuid:/, '');
  const places = new Map(
    entry.map((one) => [one.fullUrl, `${one.resource.resourceType}/${idOf(one.fullUrl)}`]),
  );
  const resources = entry.map(({ fullUrl, resource }) => {
    const rewritten = JSON.parse(JSON.stringify(resource), (key, value) =>
      key === 'reference' ? (places.get(value as string) ?? value) : value,
    ) as FhirResource;
    return { ...rewritten, id: idOf(fullUrl) } as Stored;
  });
  const patient = resources.find((one) => one.resourceType === 'Patient');
  if (patient?.resourceType !== 'Patient') throw new Error(`${file} has no Patient.`);
  return { resources, patient, newest: newestOfEach(resources) };
}

function newestOfEach(resources: readonly Stored[]) {
  const results = resources
    .filter((one) => one.resourceType === 'Observation')
    .filter((one) =>
      one.category?.some(({ coding }) =>
        ['vital-signs', 'laboratory'].includes(coding?.[0]?.code ?? ''),
      ),
    )
    .sort((a, b) => Date.parse(b.effectiveDateTime ?? '') - Date.parse(a.effectiveDateTime ?? ''));
  return [...new Map(results.toReversed().map((one) => [one.code.text, one])).values()].sort(
    (a, b) => Date.parse(b.effectiveDateTime ?? '') - Date.parse(a.effectiveDateTime ?? ''),
  );
}
