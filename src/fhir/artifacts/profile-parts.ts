import type { ElementDefinition, StructureDefinition } from 'fhir/r4';
import { SYSTEM } from '../codes.ts';
import { published } from './published.ts';

const FHIR = 'http://hl7.org/fhir/StructureDefinition';

type Rule = Omit<ElementDefinition, 'id' | 'path'>;

export const element = (id: string, rule: Rule): ElementDefinition => ({
  id,
  path: id.replace(/:[^.]+/g, ''),
  ...rule,
});

export const reference = (...types: string[]) => [
  { code: 'Reference', targetProfile: types.map((type) => `${FHIR}/${type}`) },
];

export const invariant = (key: string, human: string, expression: string, source: string) => ({
  key,
  severity: 'error' as const,
  human,
  expression,
  source,
});

export interface ComponentRule extends Omit<Rule, 'type' | 'max'> {
  readonly type: string;
  readonly max?: '*';
}

export const inUnit = (code: string): ComponentRule => ({
  type: 'Quantity',
  patternQuantity: { system: SYSTEM.ucum, code },
});

export type Slice = readonly [code: string, short: string, rule: ComponentRule];

function componentSlice([code, short, given]: Slice): readonly ElementDefinition[] {
  const id = `Observation.component:${code}`;
  const { type, max = '1', ...rule } = given;
  return [
    element(id, { sliceName: code, short, min: 0, max }),
    element(`${id}.code`, {
      patternCodeableConcept: { coding: [{ system: SYSTEM.feedbackItem, code }] },
    }),
    element(`${id}.value[x]`, { min: 1, type: [{ code: type }], ...rule }),
  ];
}

/** These components and no others. */
export const components = (slices: readonly Slice[]): readonly ElementDefinition[] => [
  element('Observation.component', {
    slicing: { discriminator: [{ type: 'pattern', path: 'code' }], rules: 'closed' },
  }),
  ...slices.flatMap(componentSlice),
];

export const profile = (
  name: string,
  title: string,
  url: string,
  description: string,
  elements: readonly ElementDefinition[],
  type = 'Observation',
): StructureDefinition => ({
  resourceType: 'StructureDefinition',
  ...published(name, title, url, description),
  fhirVersion: '4.0.1',
  kind: 'resource',
  abstract: false,
  type,
  baseDefinition: `${FHIR}/${type}`,
  derivation: 'constraint',
  differential: { element: [...elements] },
});
