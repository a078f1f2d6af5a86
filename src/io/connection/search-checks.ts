import type { CheckResult } from '#src/domain/connection/check.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { get } from '#src/fhir/read.ts';
import { ask, type Heard, heardInWords, serverWords } from './ask.ts';
import { type CheckContext, openCheck } from './context.ts';
import { matches } from './matches.ts';
import { pagingCheck } from './paging-check.ts';

/** A search that must find nothing. A server that ignores the parameter answers with everything. */
interface Trap {
  readonly name: string;
  /** Path and query; POST keeps identifiers out of access logs. */
  readonly query: (patient: string) => string;
  readonly post?: true;
  /** What the app would do wrong, and whether it could be borne. */
  readonly harm: string;
  readonly severity: 'fail' | 'warn';
}

const NOBODY = 'connection-check-nobody';
const NOTHING = 'connection-check-nothing';
const patientQuery = (rest: string) => (patient: string) => `${patient}&${rest}`;

const traps = (newId: () => string): readonly Trap[] => [
  {
    name: 'identifier',
    post: true,
    query: () => new URLSearchParams({ identifier: `${SYSTEM.uri}|${newId()}` }).toString(),
    harm: 'whether an answer is there already cannot be found out',
    severity: 'fail',
  },
  {
    name: 'code',
    query: patientQuery(
      new URLSearchParams({ code: `${SYSTEM.feedbackItem}|${NOTHING}` }).toString(),
    ),
    harm: 'the whole chart would be read to find earlier answers',
    severity: 'fail',
  },
  {
    name: '_id',
    query: patientQuery(`_id=${NOTHING}`),
    harm: 'evidence of another recommendation would be shown',
    severity: 'fail',
  },
  {
    name: 'date',
    query: patientQuery('date=ge2999-01-01'),
    harm: 'old results would be read again and again as new ones',
    severity: 'warn',
  },
  {
    name: '_lastUpdated',
    query: patientQuery('_lastUpdated=gt2999-01-01T00:00:00Z'),
    harm: 'exports and reconciliation would read everything each time',
    severity: 'warn',
  },
  {
    name: '_security',
    query: patientQuery(`_security=${encodeURIComponent(`${SYSTEM.observationValue}|${NOTHING}`)}`),
    harm: 'AI Observations are told apart on the device, at the price of reading more',
    severity: 'warn',
  },
];

/** Each search parameter that the app relies on, by asking for what cannot be there. */
export async function searchChecks(context: CheckContext): Promise<readonly CheckResult[]> {
  const { patientId } = context.signedIn ?? {};
  const patient = patientId ? `patient=Patient/${patientId}` : 'status=final';
  const all = await ask(context, `Observation?${patient}&_count=50`, { authorized: true });
  const something = (matches(all)?.length ?? 1) > 0;
  return [
    ...(await Promise.all(
      traps(context.newId).map((trap) =>
        something ? sprung(context, trap, patient) : nothingToFilter(context, trap),
      ),
    )),
    await otherPatient(context),
    ...(patientId ? [ownPatient(context, patientId, all)] : []),
    ...(patientId ? [await pagingCheck(context, patientId)] : []),
  ];
}

/** Where nothing is, ignoring a parameter finds nothing either. */
function nothingToFilter(context: CheckContext, { name }: Trap): CheckResult {
  const check = openCheck(context, 'search', `search.${name}`, `Observation by ${name}`);
  return check.skipped('there is no Observation to filter', 'Choose a test patient with results.');
}

async function sprung(context: CheckContext, trap: Trap, patient: string): Promise<CheckResult> {
  const check = openCheck(context, 'search', `search.${trap.name}`, `Observation by ${trap.name}`);
  const query = trap.query(patient);
  const heard = await ask(
    context,
    trap.post ? 'Observation/_search' : `Observation?${query}`,
    trap.post
      ? {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: query,
          authorized: true,
        }
      : { authorized: true },
  );
  const found = matches(heard);
  const cure = `Have the server honour the parameter, or say 400 to it. Else ${trap.harm}.`;
  if (!found)
    return check[trap.severity](
      `${trap.post ? 'POST _search' : 'the search'}: ${heardInWords(heard)}`,
      cure,
      serverWords(heard),
    );
  return found.length === 0
    ? check.pass('filters')
    : check[trap.severity](`ignored: ${found.length} found where none can be`, cure);
}

/** Wrong patient: the one search parameter that must never be ignored. */
async function otherPatient(context: CheckContext): Promise<CheckResult> {
  const check = openCheck(context, 'search', 'search.patient', 'Observation by patient');
  const heard = await ask(context, `Observation?patient=Patient/${NOBODY}`, { authorized: true });
  const found = matches(heard);
  if (found) {
    return found.length === 0
      ? check.pass('nothing of a patient who does not exist')
      : check.fail(
          `${found.length} found for a patient who does not exist`,
          'Do not go live: the server shows one patient’s results under another.',
        );
  }
  const refused = heard.kind === 'answer' && [400, 403, 404].includes(heard.status);
  return refused
    ? check.pass(`refused for another patient (${heardInWords(heard)})`)
    : check.fail(heardInWords(heard), 'The app reads the chart by patient.', serverWords(heard));
}

function ownPatient(context: CheckContext, patientId: string, heard: Heard): CheckResult {
  const check = openCheck(context, 'search', 'search.subject', 'All of this patient');
  const found = matches(heard);
  if (!found)
    return check.fail(
      heardInWords(heard),
      'The app reads the chart by patient.',
      serverWords(heard),
    );
  const strangers = found.filter((one) => {
    const reference = get(get(one, 'subject'), 'reference');
    return typeof reference === 'string' && !reference.endsWith(`Patient/${patientId}`);
  });
  return strangers.length === 0
    ? check.pass(`${found.length} read, each about this patient`)
    : check.fail(
        `${strangers.length} of ${found.length} are about somebody else`,
        'Do not go live: the server shows one patient’s results under another.',
      );
}
