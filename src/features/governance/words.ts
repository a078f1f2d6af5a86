import type { StandingCode } from '#src/domain/governance/model-state.ts';
import type { Act, Role } from '#src/domain/governance/rights.ts';
import { whoMay } from '#src/domain/governance/rights.ts';
import type { Model } from '#src/domain/recommendation.ts';

const STATE_WORDS: Readonly<Record<StandingCode, string>> = {
  proposed: 'Proposed',
  validated: 'Validated',
  silent: 'Silent',
  pilot: 'Pilot',
  active: 'Active',
  restricted: 'Restricted',
  suspended: 'Suspended',
  retired: 'Retired',
  expired: 'Approval ended',
  unknown: 'Not registered',
  unread: 'State cannot be read',
};

export const stateWords = (state: StandingCode): string => STATE_WORDS[state];

/** In the middle of a sentence. */
export const stateInText = (state: StandingCode): string => STATE_WORDS[state].toLowerCase();

export const versionName = ({ name, version }: Model): string =>
  version === undefined || name.endsWith(version) ? name : `${name} ${version}`;

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  clinician: 'a clinician',
  reviewer: 'a reviewer',
  owner: 'the owner',
  approver: 'an approver',
  committee: 'the committee',
  researcher: 'a researcher',
  'safety-officer': 'the safety officer',
};

export const roleWords = (role: Role): string => ROLE_WORDS[role];

/** "the owner, an approver or the committee" */
export const whoMayWords = (act: Act): string => whoMay(act).map(roleWords).join(', ');

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A day where only a day was said, else the minute; nothing where it is no time. */
export function timeWords(at: string | undefined): string {
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  if (at === undefined || Number.isNaN(ms)) return '';
  return at.includes('T') ? MOMENT.format(ms) : DAY.format(ms);
}

const kindOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'kind' in error ? error.kind : undefined;

/** What went wrong, and what to do about it. */
export function failureWords(error: unknown): string {
  const kind = kindOf(error);
  if (kind === 'forbidden')
    return 'Your sign-in may not do this on this server. Ask your informatics team for the right.';
  if (kind === 'auth') return 'Your sign-in has ended. Load the page again and sign in.';
  if (kind === 'conflict') return 'Somebody else was faster. Look at what they did first.';
  if (kind === 'offline' || kind === 'timeout')
    return 'The server did not answer, and nobody knows whether it has the record. Send it again: it is stored once.';
  if (kind !== undefined)
    return 'The server did not take it. Try again; if it stays so, tell your informatics team.';
  return error instanceof Error
    ? error.message
    : 'Something in this page failed. Tell your informatics team.';
}
