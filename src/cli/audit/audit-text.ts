import type { AuditReport } from '#src/domain/audit/audit-report.ts';
import type { Finding } from '#src/domain/audit/chain.ts';
import type { RetentionCount, RetentionRule } from '#src/domain/audit/retention.ts';
import type { Trail } from './trail.ts';

const WHAT = {
  changed: 'was changed after it was written',
  gap: 'missing, and later ones are there',
  removed: 'missing, and a signed statement says that they were there',
  'two-of-one-number':
    'two of one number that differ: one was put there, or the profile of a device was copied',
  'broken-link': 'does not follow what stands before it',
  'other-than-anchored': 'not the one that was signed',
  'chain-removed': 'the whole chain is gone',
  'record-changed': 'changed since the trail last saw it',
  'record-removed': 'gone, though the trail lists it',
  'statement-unsigned': 'not signed by this key, or no statement',
  'statement-gap': 'statements are missing',
  'statement-changed': 'does not follow the statement before it, or stands there twice',
} satisfies Record<Finding['what'], string>;

/** "record 4 of urn:uuid:… (AuditEvent/12): was changed after it was written" */
export function findingInWords({ what, writer, from, to, place }: Finding): string {
  const noun = writer === undefined ? 'statement' : 'record';
  const numbers =
    from === undefined ? '' : from === to ? `${noun} ${from}` : `${noun}s ${from} to ${to}`;
  const named = [numbers, writer && `of ${writer}`].filter(Boolean).join(' ');
  const where = named === '' ? (place ?? '') : place === undefined ? named : `${named} (${place})`;
  return `${where}: ${WHAT[what]}`;
}

export const auditAsJson = (report: AuditReport, trail: Trail): string => {
  const { place, unlisted, problems } = trail;
  const blind = blindness(report, trail);
  return `${JSON.stringify({ place, ...report, unlisted, problems, cannotSee: blind }, null, 2)}\n`;
};

const MOST_UNLISTED = 20;

export function auditAsText(report: AuditReport, trail: Trail): string {
  const { findings, records, writers, listed, compared, statements, lastStatement } = report;
  const { unlisted } = trail;
  const lines = [
    `${trail.place}: ${records} records of ${writers} writers; they list ${listed} things, ${compared} of which were compared with what is there now.`,
    `${statements} signed statements${lastStatement === undefined ? '' : `, the last of ${lastStatement}`}.`,
    ...report.configurations.map(
      ({ sha256, since }) => `configuration ${sha256.slice(0, 16)} since ${since}`,
    ),
    '',
    findings.length === 0 ? 'Nothing was found.' : `${findings.length} findings:`,
    ...findings.map((one) => `  ${findingInWords(one)}`),
    ...(unlisted.length === 0
      ? []
      : [
          '',
          `${unlisted.length} feedback records that no chain lists. Another program wrote them, or a page that was closed before it could tell:`,
          ...unlisted.slice(0, MOST_UNLISTED).map((one) => `  ${one}`),
          ...(unlisted.length > MOST_UNLISTED ? ['  …'] : []),
        ]),
    '',
    'What this cannot see:',
    ...blindness(report, trail).map((one) => `  ${one}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Said with every answer, so that nobody takes silence for proof. */
function blindness(report: AuditReport, { problems }: Trail): readonly string[] {
  const { unanchored, neverAnchored, lastStatement } = report;
  return [
    'what was never written: an act outside the app, or a record that never left its device',
    lastStatement === undefined
      ? 'any removal at the end of a chain: there is no signed statement'
      : `${unanchored} records that no statement covers: whoever can write to the store could have rewritten, added or removed at that end of a chain`,
    ...(neverAnchored > 0 || lastStatement === undefined
      ? [
          `${neverAnchored} writers of whom nothing was ever signed, and any that are gone as a whole`,
        ]
      : ['a writer whose whole chain was gone before its first statement']),
    'statements after the last that is in the folder, if somebody took them away',
    'forgery by whoever holds the service’s private key, or had a clinician’s session',
    ...problems,
  ];
}

export function retentionAsText(
  { records, oldest, due }: RetentionCount,
  { days, holds }: RetentionRule,
  place: string,
): string {
  const since = oldest === undefined ? '' : `, the oldest of ${new Date(oldest).toISOString()}`;
  const lines = [`${place}: ${records} audit records${since}.`];
  if (days !== undefined) lines.push(`${due} are older than ${days} days.`);
  if (holds.length > 0)
    lines.push('LEGAL HOLD: remove nothing.', ...holds.map((one) => `  ${one}`));
  else if (days === undefined) lines.push('The configuration sets no retention: keep everything.');
  else
    lines.push(
      `This command removes nothing. Whoever does: from the oldest of each chain, and after a statement that covers them.`,
    );
  return `${lines.join('\n')}\n`;
}
