import {
  convertToSearchableDates,
  convertToSearchableNumbers,
  convertToSearchableQuantities,
  convertToSearchableReferences,
  convertToSearchableStrings,
  convertToSearchableUris,
  evalFhirPathTyped,
  getSearchParameterDetails,
  type TypedValue,
  toTypedValue,
} from '@medplum/core';
import type { Quantity, Reference, Resource, SearchParameter } from '@medplum/fhirtypes';
import { type DateRange, rangeOf } from './date-range.ts';
import { type Token, tokensOf } from './token.ts';

/** What a resource offers to one search parameter, in the form that its type is matched in. */
export type SearchValues =
  | { readonly kind: 'token'; readonly tokens: readonly Token[] }
  | {
      readonly kind: 'reference';
      readonly references: readonly string[];
      readonly identifiers: readonly Token[];
    }
  | { readonly kind: 'date'; readonly ranges: readonly DateRange[] }
  | { readonly kind: 'string'; readonly strings: readonly string[] }
  | { readonly kind: 'uri'; readonly uris: readonly string[] }
  | { readonly kind: 'number'; readonly numbers: readonly number[] }
  | { readonly kind: 'quantity'; readonly quantities: readonly Quantity[] }
  /** A parameter type that this server does not search (composite, special). */
  | { readonly kind: 'unsupported' };

/** Evaluates the parameter's own FHIRPath from the R4 definitions (search.html §3.1.1). */
export function searchValues(resource: Resource, parameter: SearchParameter): SearchValues {
  switch (parameter.type) {
    case 'token':
      return { kind: 'token', tokens: tokensOf(evaluate(resource, parameter)) };
    case 'reference':
      return referenceValues(evaluate(resource, parameter));
    case 'date':
      return { kind: 'date', ranges: dateValues(evaluate(resource, parameter)) };
    case 'string':
      return { kind: 'string', strings: convertToSearchableStrings(evaluate(resource, parameter)) };
    case 'uri':
      return { kind: 'uri', uris: convertToSearchableUris(evaluate(resource, parameter)) };
    case 'number':
      return { kind: 'number', numbers: numberValues(evaluate(resource, parameter)) };
    case 'quantity':
      return {
        kind: 'quantity',
        quantities: convertToSearchableQuantities(evaluate(resource, parameter)),
      };
    default:
      return { kind: 'unsupported' };
  }
}

function evaluate(resource: Resource, parameter: SearchParameter): TypedValue[] {
  const { parsedExpression } = getSearchParameterDetails(resource.resourceType, parameter);
  return evalFhirPathTyped(parsedExpression, [toTypedValue(resource)]);
}

function referenceValues(values: TypedValue[]): SearchValues {
  const identifiers = values.flatMap(({ value }) => {
    const identifier = (value as Reference | undefined)?.identifier;
    return identifier === undefined ? [] : tokensOf([{ type: 'Identifier', value: identifier }]);
  });
  const references = convertToSearchableReferences(values).filter(
    (reference) => !reference.startsWith('identifier:'),
  );
  return { kind: 'reference', references, identifiers };
}

function dateValues(values: TypedValue[]): DateRange[] {
  return convertToSearchableDates(values).map(({ start, end }) => ({
    from: start === undefined ? Number.NEGATIVE_INFINITY : rangeOf(start).from,
    to: end === undefined ? Number.POSITIVE_INFINITY : rangeOf(end).to,
  }));
}

function numberValues(values: TypedValue[]): number[] {
  return convertToSearchableNumbers(values).flatMap(([low, high]) =>
    [low, high].filter((value) => value !== undefined),
  );
}
