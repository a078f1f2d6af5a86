import type { Observation, Reference } from 'fhir/r4';
import { EXTENSION, SYSTEM } from '#src/fhir/codes.ts';
import { aiMeta, coding, concept, ucum } from '../build.ts';
import { add, type Chart } from '../chart.ts';
import { deviceReference } from '../models/catalogue.ts';
import {
  basisOf,
  confidenceExtension,
  identifierOf,
  resourceId,
  type Said,
  saidAt,
  topicConcept,
} from './said.ts';

interface Finding extends Said {
  readonly title: string;
  readonly category: 'imaging' | 'survey';
  /** Percent. */
  readonly probability?: number;
  /** A number that is no probability, or words. */
  readonly score?: { readonly value: number; readonly unit: string };
  readonly text?: string;
  /** The producer's own urgency: v3 ObservationInterpretation. */
  readonly urgency?: keyof typeof URGENCY;
  readonly replaces?: Reference;
  readonly note?: string;
}

const URGENCY = {
  critical: ['AA', 'Critical abnormal'],
  abnormal: ['A', 'Abnormal'],
  normal: ['N', 'Normal'],
} as const satisfies Record<string, readonly [code: string, display: string]>;

const CATEGORY = { imaging: 'Imaging', survey: 'Survey' };

function urgencyConcept(urgency: keyof typeof URGENCY) {
  const [code, display] = URGENCY[urgency];
  return concept(SYSTEM.observationInterpretation, code, display);
}

function findingValue(finding: Finding): Pick<Observation, 'valueQuantity' | 'valueString'> {
  if (finding.probability !== undefined) return { valueQuantity: ucum(finding.probability, '%') };
  if (finding.score) return { valueQuantity: ucum(finding.score.value, finding.score.unit) };
  return finding.text ? { valueString: finding.text } : {};
}

/** Today's commonest carrier. R4 has no Device among the performers, hence the extension. */
export function aiObservation(chart: Chart, finding: Finding): Observation {
  const at = saidAt(chart, finding);
  const device = deviceReference(finding.model);
  const derivedFrom = basisOf(chart, finding);
  const { extension = [] } = confidenceExtension(finding.confidence);
  const replaced = finding.replaces
    ? [{ url: EXTENSION.observationReplaces, valueReference: finding.replaces }]
    : [];
  return add(chart, {
    resourceType: 'Observation',
    id: resourceId(chart, finding),
    meta: aiMeta(),
    ...(extension.length + replaced.length > 0 ? { extension: [...extension, ...replaced] } : {}),
    identifier: [identifierOf(chart, finding)],
    status: 'final',
    category: [
      {
        coding: [coding(SYSTEM.observationCategory, finding.category, CATEGORY[finding.category])],
      },
    ],
    code: topicConcept(finding, finding.title),
    subject: chart.subject,
    encounter: chart.encounter,
    effectiveDateTime: at,
    issued: at,
    performer: [
      {
        extension: [{ url: EXTENSION.alternateReference, valueReference: device }],
        display: device.display,
      },
    ],
    ...findingValue(finding),
    ...(finding.urgency ? { interpretation: [urgencyConcept(finding.urgency)] } : {}),
    ...(finding.note ? { note: [{ time: at, text: finding.note }] } : {}),
    device,
    ...(derivedFrom.length > 0 ? { derivedFrom } : {}),
  });
}
