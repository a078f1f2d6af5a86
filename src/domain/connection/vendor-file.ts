import { type CheckResult, countChecks, countsInWords } from './check.ts';
import type { ConnectionReport } from './report.ts';
import { checkLines } from './report-text.ts';

/** What concerns the site's own set-up, and not the server. */
const OWN: ReadonlySet<CheckResult['group']> = new Set(['configuration', 'sinks']);

/**
 * What the server's vendor needs, as plain text: what was asked, what came back, what was expected.
 * No token, no client id, no patient, no resource id, none of the server's free text.
 */
export function vendorFile(report: ConnectionReport): string {
  const { about } = report;
  const results = report.results.filter(({ group }) => !OWN.has(group));
  const wrong = results.filter(({ status }) => status === 'fail' || status === 'warn');
  const fine = results.filter(({ status }) => status === 'pass');
  const text = [
    `FHIR server: ${about.iss}`,
    `Asked at: ${about.at}, by clinician-feedback ${about.appVersion}`,
    `Browser origin of the app: ${about.origin ?? 'not known, CORS not asked'}`,
    `Result: ${countsInWords(countChecks(results))}.`,
    'This file holds no token, no patient data and no ids. Test answers are labelled HTEST.',
    '',
    'WHAT DID NOT WORK AS EXPECTED',
    ...(wrong.length === 0 ? ['', 'Nothing.'] : checkLines(wrong)),
    '',
    'WHAT WORKED',
    ...checkLines(fine),
    '',
  ].join('\n');
  return withheld(text);
}

/**
 * A net below: what is printed is made of our own words, and should one of them ever carry an id or
 * a credential, it does not leave by this file.
 */
export function withheld(text: string): string {
  return text
    .replace(/\bBearer\s+\S+/gi, 'Bearer [withheld]')
    .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[withheld]')
    .replace(/\burn:(uuid|oid):\S+/gi, 'urn:$1:[withheld]')
    .replace(
      /\b(Patient|Practitioner|PractitionerRole|Person|Encounter|Observation|RiskAssessment)\/(?!_search\b)[A-Za-z0-9.-]+/g,
      '$1/[withheld]',
    );
}
