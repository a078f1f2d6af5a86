import { MAX_TEXT } from '#src/fhir/read.ts';

// Control characters but tab and line break, and invisible format characters but the joiners.
const UNSAFE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}]/u;

/** What is wrong with any string or array inside; empty when everything is bounded and displayable. */
export function unbounded(value: unknown, at = '$', max = MAX_TEXT): readonly string[] {
  if (typeof value === 'string') {
    if (value.length > max) return [`${at} has ${value.length} characters`];
    if (!value.isWellFormed()) return [`${at} has a lone surrogate`];
    return UNSAFE.test(value) ? [`${at} has a control or format character`] : [];
  }
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${at} is ${value}`];
  if (Array.isArray(value)) {
    const long = value.length > 1_000 ? [`${at} has ${value.length} entries`] : [];
    return [...long, ...value.flatMap((one, index) => unbounded(one, `${at}[${index}]`, max))];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => unbounded(one, `${at}.${key}`, max));
}
