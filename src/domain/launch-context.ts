import type { Identifier } from './coding.ts';
import { CARRIERS, type Carrier } from './recommendation.ts';
import type { LaunchSession } from './session.ts';

/** A recommendation that the launch itself points to. */
export interface NamedRecommendation {
  /** Relative or absolute, as sent; else `identifier`. */
  readonly reference?: string;
  readonly identifier?: Identifier;
  readonly type?: string;
}

const isCarrier = (type: unknown): type is Carrier => CARRIERS.some((one) => one === type);

/** SMART 2.2: an item without a role, or with this one, is what the launch is about. */
const LAUNCH_ROLE = /(^|[#/])launch$/;

const REFERENCE = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]+)?$/;

const typeOf = (reference: string | undefined): string | undefined =>
  reference === undefined ? undefined : REFERENCE.exec(reference)?.[1];

/**
 * What the launch was about, in order: `fhirContext`, then `appContext` (fhir-contract.md, "Where it
 * comes from"). Hints only: what they point to is read from the configured server and must be about
 * the launched patient like everything else.
 */
export function namedRecommendations(
  session: Pick<LaunchSession, 'fhirContext' | 'appContext'>,
): readonly NamedRecommendation[] {
  const fromContext = session.fhirContext
    .filter(({ role }) => role === undefined || LAUNCH_ROLE.test(role))
    .map(({ reference, identifier, type }) => named(reference, identifier, type));
  return [...fromContext, fromAppContext(session.appContext)].filter((one) => one !== undefined);
}

function named(
  reference: unknown,
  identifier: unknown,
  type: unknown,
): NamedRecommendation | undefined {
  if (typeof reference === 'string') {
    return isCarrier(typeOf(reference)) ? { reference } : undefined;
  }
  const id = identifierOf(identifier);
  const known = isCarrier(type) ? type : 'RiskAssessment';
  return id && { identifier: id, type: known };
}

function identifierOf(value: unknown): Identifier | undefined {
  if (typeof value !== 'object' || value === null || !('value' in value)) return undefined;
  const system = 'system' in value && typeof value.system === 'string' ? value.system : undefined;
  if (typeof value.value !== 'string' || value.value === '') return undefined;
  return { value: value.value, ...(system !== undefined && { system }) };
}

/** A reference by itself, or JSON `{"recommendation": "Type/id"}` or `{"identifier": {…}}`. */
function fromAppContext(appContext: string | undefined): NamedRecommendation | undefined {
  if (appContext === undefined || appContext.length > 4000) return undefined;
  if (!appContext.trimStart().startsWith('{'))
    return named(appContext.trim(), undefined, undefined);
  let parsed: unknown;
  try {
    parsed = JSON.parse(appContext);
  } catch {
    // Opaque to us by specification: another app's context is no error.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const own = (key: string): unknown => Object.getOwnPropertyDescriptor(parsed, key)?.value;
  return named(own('recommendation'), own('identifier'), own('type'));
}
