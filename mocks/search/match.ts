import type { Quantity, SearchParameter } from '@medplum/fhirtypes';
import { refuse } from '../fhir/outcome.ts';
import { DATE_PREFIX, rangeOf } from './date-range.ts';
import { splitEscaped } from './escape.ts';
import { matchesReference } from './reference.ts';
import { matchesToken } from './token.ts';
import type { SearchValues } from './values.ts';

/** One parameter of a search: all values separated by commas are alternatives. */
export interface Condition {
  readonly parameter: SearchParameter;
  /** A comparison prefix or a modifier, as the library's parser names them. */
  readonly operator: string;
  readonly value: string;
}

/** The path under which our own references may also be written absolutely. */
export interface MatchContext {
  readonly fhirBase: string;
}

export function matches(
  values: SearchValues,
  condition: Condition,
  context: MatchContext,
): boolean {
  if (condition.operator === 'missing') {
    return isMissing(values) === (condition.value === 'true');
  }
  const asked = splitEscaped(condition.value);
  if (condition.operator === 'not') {
    return !asked.some((one) => matchesOne(values, { ...condition, operator: 'eq' }, one, context));
  }
  return asked.some((one) => matchesOne(values, condition, one, context));
}

function matchesOne(
  values: SearchValues,
  condition: Condition,
  asked: string,
  context: MatchContext,
): boolean {
  const { operator, parameter } = condition;
  switch (values.kind) {
    case 'token':
      return values.tokens.some((token) => matchesToken(token, asked));
    case 'reference':
      return operator === 'identifier'
        ? values.identifiers.some((token) => matchesToken(token, asked))
        : values.references.some((reference) =>
            matchesReference(reference, asked, context.fhirBase),
          );
    case 'date': {
      const compare = DATE_PREFIX[operator];
      if (compare === undefined) throw unsupported(parameter, operator);
      return values.ranges.some((range) => compare(range, rangeOf(asked)));
    }
    case 'string':
      return values.strings.some((text) => matchesString(text, asked, operator));
    case 'uri':
      return values.uris.includes(asked);
    case 'number':
      return values.numbers.some((number) => compareNumber(number, Number(asked), operator));
    case 'quantity':
      return values.quantities.some((quantity) => matchesQuantity(quantity, asked, operator));
    case 'unsupported':
      throw unsupported(parameter, operator);
  }
}

function isMissing(values: SearchValues): boolean {
  switch (values.kind) {
    case 'token':
      return values.tokens.length === 0;
    case 'reference':
      return values.references.length === 0 && values.identifiers.length === 0;
    case 'date':
      return values.ranges.length === 0;
    case 'string':
      return values.strings.length === 0;
    case 'uri':
      return values.uris.length === 0;
    case 'number':
      return values.numbers.length === 0;
    case 'quantity':
      return values.quantities.length === 0;
    case 'unsupported':
      return true;
  }
}

/** Starts with, ignoring case and accents, unless a modifier says otherwise (search.html §3.1.1.5.9). */
function matchesString(text: string, asked: string, operator: string): boolean {
  if (operator === 'exact') return text === asked;
  const [have, want] = [fold(text), fold(asked)];
  if (operator === 'contains') return have.includes(want);
  return have.split(/\s+/).some((word) => word.startsWith(want)) || have.startsWith(want);
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function matchesQuantity(quantity: Quantity, asked: string, operator: string): boolean {
  const [number, system, code] = asked.split('|');
  if (code && quantity.code !== code && quantity.unit !== code) return false;
  if (system && quantity.system !== system) return false;
  return quantity.value !== undefined && compareNumber(quantity.value, Number(number), operator);
}

function compareNumber(value: number, asked: number, operator: string): boolean {
  switch (operator) {
    case 'gt':
    case 'sa':
      return value > asked;
    case 'lt':
    case 'eb':
      return value < asked;
    case 'ge':
      return value >= asked;
    case 'le':
      return value <= asked;
    case 'ne':
      return value !== asked;
    default:
      return value === asked;
  }
}

function unsupported(parameter: SearchParameter, operator: string) {
  return refuse(400, `Search parameter ${parameter.code} (${operator}) is not supported here`, {
    code: 'not-supported',
  });
}
