import { SYSTEM } from '../codes.ts';

/** A string of FHIRPath. */
const quoted = (text: string): string => `'${text}'`;

/** The first code that a concept has in one system, as `codeIn` reads it. */
export const codeOf = (concept: string, system: string): string =>
  `${concept}.coding.where(system = ${quoted(system)}).first().code`;

/** Components of one of our codes. */
export const component = (code: string): string =>
  `component.where(${codeOf('code', SYSTEM.feedbackItem)} = ${quoted(code)})`;

export const text = (code: string): string => `${component(code)}.value.ofType(string).first()`;
export const amount = (code: string): string =>
  `${component(code)}.value.ofType(Quantity).value.first()`;
export const codings = (code: string): string =>
  `${component(code)}.value.ofType(CodeableConcept).coding`;

/** The code of a concept, else its words. */
export const codeOrWords = (coding: string): string =>
  `(${coding}.code | ${coding}.display).first()`;

/** Reference that an extension holds. */
export const extended = (url: string): string =>
  `extension(${quoted(url)}).first().value.ofType(Reference)`;

export const isItem = (code: string): string =>
  `${codeOf('code', SYSTEM.feedbackItem)} = ${quoted(code)}`;

export const hasCoding = (element: string, system: string, code: string): string =>
  `${element}.where(system = ${quoted(system)} and code = ${quoted(code)}).exists()`;
