import type { CodeableConcept, Coding, Meta, Quantity, Reference } from 'fhir/r4';
import { LABEL, SYSTEM } from '#src/fhir/codes.ts';
import { SYNTHETIC } from '../scenario.ts';

/** Every identifier, page and topic of the invented hospital lives under this name. */
export const HOSPITAL = 'https://st-brannoc.example.org';

const AI_ASSERTED: Coding = {
  system: SYSTEM.observationValue,
  code: LABEL.ai,
  display: 'Artificial Intelligence asserted',
};

export const CLINICIAN_ASSERTED: Coding = {
  system: SYSTEM.observationValue,
  code: LABEL.clinician,
  display: 'clinician asserted',
};

export const plainMeta = (): Meta => ({ tag: [SYNTHETIC] });

export const aiMeta = (): Meta => ({ security: [AI_ASSERTED], tag: [SYNTHETIC] });

export const coding = (system: string, code: string, display?: string): Coding =>
  display === undefined ? { system, code } : { system, code, display };

/** One code; its display doubles as the text. */
export const concept = (system: string, code: string, display: string): CodeableConcept => ({
  coding: [{ system, code, display }],
  text: display,
});

export const snomed = (code: string, display: string): CodeableConcept =>
  concept(SYSTEM.snomed, code, display);

export const hl7 = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [coding(`http://terminology.hl7.org/CodeSystem/${system}`, code, display)],
});

export const ucum = (value: number, unit: string, code: string = unit): Quantity => ({
  value,
  unit,
  system: SYSTEM.ucum,
  code,
});

export const refer = (resource: { resourceType: string; id?: string | undefined }): Reference => {
  if (!resource.id) throw new Error(`refer: a ${resource.resourceType} without an id`);
  return { reference: `${resource.resourceType}/${resource.id}` };
};

export const named = (reference: string, display: string): Reference => ({ reference, display });

/** Base64 of UTF-8 text, in Node and in browsers alike. */
export function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
