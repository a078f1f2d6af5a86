import type { DiagnosticReport, DocumentReference, ImagingStudy } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { base64, concept, HOSPITAL, named, plainMeta } from './build.ts';
import { add, type Chart } from './chart.ts';
import { clinician } from './people.ts';
import { minutesAgo, stream } from './ward.ts';

const VIEWS = {
  two: ['36643-5', 'XR Chest 2 Views'],
  one: ['36554-4', 'XR Chest Single view'],
} as const;

interface Film {
  readonly view: keyof typeof VIEWS;
  readonly minutesAgo: number;
  readonly n?: number;
  /** Absent while nobody has read it. */
  readonly read?: { readonly findings: string; readonly impression: string };
}

/** The film itself, and its report as document and as structured conclusion once it is read. */
export function chestFilm(
  chart: Chart,
  film: Film,
): { study: ImagingStudy; report?: DocumentReference } {
  const n = film.n ?? 0;
  const taken = minutesAgo(chart.ward, film.minutesAgo);
  const [loinc, display] = VIEWS[film.view];
  const code = concept(SYSTEM.loinc, loinc, display);
  const study: ImagingStudy = add(chart, {
    resourceType: 'ImagingStudy',
    id: `${chart.id}-film-${n}`,
    meta: plainMeta(),
    identifier: [
      {
        system: `${HOSPITAL}/accession`,
        value: `A${stream(chart.ward, `film/${chart.id}/${n}`).int(1000000, 9999999)}`,
      },
    ],
    status: 'available',
    modality: [
      {
        system: 'http://dicom.nema.org/resources/ontology/DCM',
        code: 'DX',
        display: 'Digital Radiography',
      },
    ],
    subject: chart.subject,
    encounter: chart.encounter,
    started: taken,
    numberOfSeries: film.view === 'two' ? 2 : 1,
    numberOfInstances: film.view === 'two' ? 2 : 1,
    procedureCode: [code],
    description: display,
  });
  if (!film.read) return { study };
  const read = minutesAgo(chart.ward, Math.max(1, film.minutesAgo - 40));
  const text = `${display}\n\nFINDINGS: ${film.read.findings}\n\nIMPRESSION: ${film.read.impression}\n`;
  const author = clinician(chart.ward, 'radiologist');
  const report: DocumentReference = add(chart, {
    resourceType: 'DocumentReference',
    id: `${chart.id}-film-report-${n}`,
    meta: plainMeta(),
    status: 'current',
    docStatus: 'final',
    type: concept(SYSTEM.loinc, '18748-4', 'Diagnostic imaging study'),
    subject: chart.subject,
    date: read,
    author: [author],
    description: `Chest X-ray report: ${film.read.impression}`,
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: base64(text),
          title: 'Chest X-ray report',
        },
      },
    ],
    context: { encounter: [chart.encounter], related: [named(`ImagingStudy/${study.id}`, 'Film')] },
  });
  const diagnostic: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: `${chart.id}-film-conclusion-${n}`,
    meta: plainMeta(),
    status: 'final',
    category: [concept('http://terminology.hl7.org/CodeSystem/v2-0074', 'RAD', 'Radiology')],
    code,
    subject: chart.subject,
    encounter: chart.encounter,
    effectiveDateTime: taken,
    issued: read,
    performer: [author],
    imagingStudy: [named(`ImagingStudy/${study.id}`, 'Film')],
    conclusion: film.read.impression,
  };
  add(chart, diagnostic);
  return { study, report };
}
