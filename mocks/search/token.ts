import type { TypedValue } from '@medplum/core';
import type { CodeableConcept, Coding, ContactPoint, Identifier } from '@medplum/fhirtypes';

export interface Token {
  readonly system: string | undefined;
  readonly code: string | undefined;
}

/** Codes only, no display texts: a token search never matches what a human reads (search.html §3.1.1.5.14). */
export function tokensOf(values: readonly TypedValue[]): Token[] {
  return values.flatMap(({ type, value }) => {
    switch (type) {
      case 'CodeableConcept':
        return ((value as CodeableConcept).coding ?? []).map(codingToken);
      case 'Coding':
        return [codingToken(value as Coding)];
      case 'Identifier':
        return [{ system: (value as Identifier).system, code: (value as Identifier).value }];
      case 'ContactPoint':
        return [{ system: (value as ContactPoint).system, code: (value as ContactPoint).value }];
      default:
        return value === undefined || value === null
          ? []
          : [{ system: undefined, code: String(value) }];
    }
  });
}

const codingToken = (coding: Coding): Token => ({ system: coding.system, code: coding.code });

/** `code`, `system|code`, `|code` (no system), `system|` (any code of it). */
export function matchesToken(token: Token, asked: string): boolean {
  const bar = asked.indexOf('|');
  if (bar < 0) return token.code === asked;
  const system = asked.slice(0, bar);
  const code = asked.slice(bar + 1);
  if (system === '') return token.system === undefined && token.code === code;
  return token.system === system && (code === '' || token.code === code);
}
