import type { Observation, ObservationReferenceRange } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import {
  type Analyte,
  type AnalyteId,
  analyte,
  type Interpretation,
  interpret,
} from './analytes.ts';
import { concept, plainMeta, ucum } from './build.ts';
import type { Chart } from './chart.ts';
import { minutesAgo } from './ward.ts';

const MEANING: Readonly<Record<Interpretation, string>> = {
  N: 'Normal',
  H: 'High',
  HH: 'Critical high',
  L: 'Low',
  LL: 'Critical low',
};

export const interpretation = (code: Interpretation) =>
  concept(SYSTEM.observationInterpretation, code, MEANING[code]);

export const rounded = (value: number, a: Analyte) => Number(value.toFixed(a.digits));

const quantity = (value: number, a: Analyte) => ucum(value, a.unit, a.ucum);

export function referenceRange(a: Analyte): ObservationReferenceRange[] {
  if (a.low === undefined && a.high === undefined) return [];
  return [
    {
      ...(a.low === undefined ? {} : { low: quantity(a.low, a) }),
      ...(a.high === undefined ? {} : { high: quantity(a.high, a) }),
    },
  ];
}

/** Value, range and interpretation of one analyte, as they stand in an Observation or a component. */
export function measured(value: number, a: Analyte) {
  const range = referenceRange(a);
  return {
    code: {
      coding: [{ system: SYSTEM.loinc, code: a.loinc, display: a.display }],
      text: a.display,
    },
    valueQuantity: quantity(value, a),
    ...(range.length > 0
      ? { interpretation: [interpretation(interpret(value, a))], referenceRange: range }
      : {}),
  };
}

interface Reading {
  readonly analyte: AnalyteId;
  readonly value: number;
  readonly minutesAgo: number;
  /** Minutes from the sample to the result. */
  readonly resultAfter?: number;
}

export function reading(
  chart: Chart,
  category: 'vital-signs' | 'laboratory',
  n: number,
  { analyte: id, value, minutesAgo: ago, resultAfter = 0 }: Reading,
): Observation {
  const a = analyte(id);
  return {
    resourceType: 'Observation',
    id: `${chart.id}-${id.toLowerCase()}-${n}`,
    meta: plainMeta(),
    status: 'final',
    category: [
      {
        coding: [
          {
            system: SYSTEM.observationCategory,
            code: category,
            display: category === 'laboratory' ? 'Laboratory' : 'Vital Signs',
          },
        ],
      },
    ],
    ...measured(rounded(value, a), a),
    subject: chart.subject,
    encounter: chart.encounter,
    effectiveDateTime: minutesAgo(chart.ward, ago),
    issued: minutesAgo(chart.ward, Math.max(0, ago - resultAfter)),
  };
}
