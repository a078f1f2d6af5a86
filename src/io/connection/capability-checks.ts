import type { CheckResult } from '#src/domain/connection/check.ts';
import { sinksOf } from '#src/domain/sinks.ts';
import { type Interaction, type Need, WANTED, type Wanted } from '#src/fhir/artifacts/wanted.ts';
import { boolean, get, objects, token } from '#src/fhir/read.ts';
import { type Heard, heardInWords, resourceOf } from './ask.ts';
import { type CheckContext, openCheck } from './context.ts';

type Announced = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const CARRIERS: ReadonlySet<string> = new Set([
  'RiskAssessment',
  'DetectedIssue',
  'ServiceRequest',
  'MedicationRequest',
  'GuidanceResponse',
  'RequestGroup',
]);

/** `GET metadata` against what the app needs (our CapabilityStatement, `WANTED`). */
export function capabilityChecks(context: CheckContext, heard: Heard): readonly CheckResult[] {
  const check = openCheck(context, 'capability', 'capability.statement', 'CapabilityStatement');
  const statement = resourceOf(heard, 'CapabilityStatement');
  if (!statement)
    return [
      check.fail(
        heard.kind === 'answer' && heard.status < 300
          ? 'something that is no CapabilityStatement'
          : heardInWords(heard),
        `${context.base}/metadata must answer anybody. Check that this is the FHIR base.`,
      ),
    ];
  const version = token(get(statement, 'fhirVersion'), 20) ?? 'none';
  const announced = announcedTypes(statement);
  return [
    version.startsWith('4.0')
      ? check.pass(`FHIR ${version}`)
      : check.fail(`FHIR ${version}`, 'The app speaks FHIR R4 (4.0.1): use the R4 address.'),
    resources(context, announced),
    writing(context, announced),
    conditional(context, announced),
  ];
}

export function announcedTypes(statement: unknown): Announced {
  const [rest] = objects(get(statement, 'rest'));
  // By hand and not by `objects`: a statement may list more than its 200 entries allow.
  const all = get(rest, 'resource');
  const entries = Array.isArray(all) ? all : [];
  return new Map(
    entries.flatMap((one: unknown) => {
      const type = token(get(one, 'type'), 60);
      return type === undefined ? [] : objects([one]).map((each) => [type, each] as const);
    }),
  );
}

export const announces = (announced: Announced, type: string, interaction: string): boolean =>
  objects(get(announced.get(type), 'interaction')).some((one) => get(one, 'code') === interaction);

/** Only what this site uses: its carriers where they are, and no writing, which is looked at apart. */
function used(context: CheckContext): readonly Wanted[] {
  const { issuer, prefix } = context;
  const here = (issuer?.recommendationSource ?? 'ehr') === (prefix === '' ? 'ehr' : 'store');
  const carriers = new Set<string>(issuer?.carriers ?? [...CARRIERS]);
  if (carriers.has('GuidanceResponse')) carriers.add('RequestGroup');
  return WANTED.filter(({ type }) => !CARRIERS.has(type) || (here && carriers.has(type)));
}

function resources(context: CheckContext, announced: Announced): CheckResult {
  const check = openCheck(context, 'capability', 'capability.reading', 'What the app reads');
  const missing = used(context).flatMap((wanted) => lacking(wanted, announced));
  const shall = missing.filter(([, need]) => need === 'SHALL');
  const words = (found: typeof missing) => found.map(([what]) => what).join(', ');
  if (shall.length > 0)
    return check[unannounced(context)](
      `not announced: ${words(shall)}`,
      'Register the app for these APIs, or take the types out of carriers. What is asked with a token decides.',
    );
  return missing.length > 0
    ? check.warn(
        `not announced: ${words(missing)}`,
        'The app works without them and names on the screen what it could not ask.',
      )
    : check.pass('all announced');
}

/** Some servers announce next to nothing and do it all: with a token that is seen further down. */
const unannounced = ({ signedIn }: CheckContext): 'warn' | 'fail' => (signedIn ? 'warn' : 'fail');

function lacking(
  { type, interactions, params = [], dates = [] }: Wanted,
  announced: Announced,
): ReadonlyArray<readonly [string, Need]> {
  const reads = interactions.filter(
    ([code, need]) => need !== 'MAY' && !['create', 'update'].includes(code),
  );
  const missing = reads.filter(
    ([code]: readonly [Interaction, Need]) => !announces(announced, type, code),
  );
  if (missing.length > 0) return missing.map(([code, need]) => [`${type} ${code}`, need]);
  const names = new Set(
    objects(get(announced.get(type), 'searchParam')).flatMap(
      (one) => token(get(one, 'name')) ?? [],
    ),
  );
  // `_id` and its like belong to every type, and are often not repeated in each.
  return [...params, ...dates]
    .filter(([name, need]) => need !== 'MAY' && !name.startsWith('_') && !names.has(name))
    .map(([name]) => [`${type}?${name}`, 'SHOULD']);
}

function writing(context: CheckContext, announced: Announced): CheckResult {
  const check = openCheck(
    context,
    'capability',
    'capability.writing',
    'Observation: create, update',
  );
  const goes = !context.issuer || writesObservations(context);
  if (!goes) return check.skipped('no answer goes here as an Observation');
  const missing = ['create', 'update'].filter((one) => !announces(announced, 'Observation', one));
  if (missing.includes('create'))
    return check[unannounced(context)](
      'create is not announced',
      'Only a test answer decides. Where it is refused: keep answers in a hospital store, or use the sinks that this EHR takes (docs/configuration.md).',
    );
  return missing.length > 0
    ? check.warn('update is not announced', 'Answers cannot be retracted: set "canRetract": false.')
    : check.pass('announced, which proves nothing: only a test answer does');
}

export function writesObservations({ issuer, prefix }: CheckContext): boolean {
  const wanted = prefix === '' ? 'fhir-observation' : 'hospital-store';
  return issuer !== undefined && sinksOf(issuer).some(({ id }) => id === wanted);
}

function conditional(context: CheckContext, announced: Announced): CheckResult {
  const check = openCheck(context, 'capability', 'capability.conditional', 'Conditional create');
  const said = boolean(get(announced.get('Observation'), 'conditionalCreate'));
  return said === true
    ? check.pass('announced, which proves nothing: only a test answer does')
    : check.warn(
        said === false ? 'said not to be there' : 'not announced',
        'Leave "conditionalCreate" false unless a test answer proves it: the app then searches before it sends.',
      );
}
