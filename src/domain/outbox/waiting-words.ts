import { type AttentionReason, type RowName, rowNamed, rowNameOf } from './policy.ts';
import type { QueuedItem } from './queued-answer.ts';

/** Why something waits: what is the matter, what it means, and what helps. */
export interface WaitingWords {
  readonly title: string;
  readonly explanation: string;
  readonly cure: string;
}

const BY_ITSELF = 'Nothing to do: it is tried again by itself.';
const HELP_DESK = 'Save a file for the help desk and tell your informatics team.';

const words = (title: string, explanation: string, cure = BY_ITSELF): WaitingWords => ({
  title,
  explanation,
  cure,
});

const ATTENTION: Readonly<Record<AttentionReason, WaitingWords>> = {
  refused: words(
    'Refused',
    'The server did not accept this answer. It was not stored.',
    `Change the comment and send again. If it is refused again: ${HELP_DESK}`,
  ),
  forbidden: words(
    'Not allowed',
    'The EHR does not let this app write this answer. It was not stored.',
    `Open the app again from the chart and try again. If that does not help: ${HELP_DESK}`,
  ),
  'no-such-place': words(
    'Not taken here',
    'The server does not take answers of this kind. It was not stored.',
    HELP_DESK,
  ),
  gone: words(
    'No longer taken',
    'What the answer belongs to is gone from the server. It was not stored.',
    'Open the chart and answer what is shown there, then discard this one.',
  ),
  'too-large': words(
    'Too long',
    'The answer is larger than the server allows. It was not stored.',
    'Shorten the comment and send again.',
  ),
  duplicates: words(
    'Stored more than once',
    'The server holds it more than once, and that could not be put right. It counts once.',
    HELP_DESK,
  ),
  unconfirmed: words(
    'Not confirmed',
    'The server said that it stored the answer, but never showed it.',
    `Look in the chart. If it is not there, try again. ${HELP_DESK}`,
  ),
  unreadable: words(
    'Cannot be checked',
    'The server says that it stored the answer, but does not let this app read it back.',
    'Look in the chart. If it is there, discard this one as documented elsewhere.',
  ),
  'wrong-patient': words(
    'Filed under another patient',
    'The server filed this answer under another patient.',
    `Tell your informatics team at once. ${HELP_DESK}`,
  ),
  'foreign-origin': words(
    'Stopped for safety',
    'The server pointed outside its own address, so nothing was sent there.',
    HELP_DESK,
  ),
  'in-doubt': words(
    'Perhaps there',
    'The connection broke while it was being filed. Sent again, it could be there twice.',
    'Look in the chart. If it is there, discard this one as documented elsewhere; else try again.',
  ),
  'no-sink': words(
    'Nowhere to go',
    'Your site no longer files answers there.',
    `Discard it as documented elsewhere, if it is. ${HELP_DESK}`,
  ),
  unwritable: words(
    'Cannot be written',
    'This answer cannot be written in the form that the server needs. It was not sent.',
    HELP_DESK,
  ),
};

/** A report is in no chart, and nobody words it anew. */
const REPORT: Readonly<Partial<Record<AttentionReason, WaitingWords>>> = {
  'wrong-patient': words(
    'Filed under another patient',
    'The server filed this report under another patient.',
    `Tell your informatics team at once. ${HELP_DESK}`,
  ),
  'no-sink': words(
    'Nowhere to go',
    'Your site no longer keeps safety reports there.',
    `Report it in your hospital’s own way, then discard this one. ${HELP_DESK}`,
  ),
};

const REPORT_STUCK = words(
  'Not taken',
  'The server did not take this report, or did not show that it did.',
  `Try again. If that does not help, report it in your hospital’s own way. ${HELP_DESK}`,
);

const BUSY = words('Server busy', 'The server asked to be left alone for a while.');
const FAILED = words('Server in trouble', 'The server failed while it took the answer.');

/** Rows that are retried; what is not here is a server in trouble. */
const RETRIED: Readonly<Partial<Record<RowName, WaitingWords>>> = {
  network: words('No connection', 'The server could not be reached.'),
  timeout: words('No reply', 'The server took too long to reply.'),
  'http-408': words('No reply', 'The server took too long to reply.'),
  aborted: words('Interrupted', 'The sending was cut short, perhaps as the page was left.'),
  'not-fhir': words(
    'A page instead of the server',
    'Something between here and the server replied, perhaps a network sign-in page.',
    'Check that this machine has its usual network. It is tried again by itself.',
  ),
  settling: words(
    'Being looked for',
    'It may have arrived. The server is asked again before anything is repeated.',
  ),
  'empty-201': words('Being looked for', 'The server says that it stored it; it is looked for.'),
  'other-resource': words(
    'Being looked for',
    'The server replied with something else; the answer is looked for.',
  ),
  unreadable: words('Being looked for', 'It is stored, but could not be read back yet.'),
  'http-409': words('Changed at the same time', 'Somebody else changed it at the same time.'),
  'http-429': BUSY,
  'http-503': BUSY,
};

function retried({ last }: QueuedItem): WaitingWords {
  if (last === undefined) return words('About to be sent', 'It is next in line.');
  return RETRIED[rowNameOf(last)] ?? FAILED;
}

/** In words for the clinician; the same item always gives the same words. */
export function waitingWords(item: QueuedItem): WaitingWords {
  switch (item.phase) {
    case 'held':
      return words(
        'Can still be undone',
        'It is sent ten seconds after the click, or when the page is left.',
        'Nothing to do.',
      );
    case 'delivered':
      return words('Sent', 'It is stored there.', 'Nothing to do.');
    case 'sending':
      return words('Being sent', 'A request is under way.', 'Nothing to do.');
    case 'queued':
      return retried(item);
    case 'waiting-sign-in':
      return words(
        'Needs sign-in',
        'It goes out only under your own sign-in, and that has ended.',
        'Sign in. It is then sent by itself.',
      );
    case 'waiting-patient':
      return words(
        'Waiting for this patient',
        'This sign-in is for another patient.',
        'Open the chart of the patient named here. It is then sent by itself.',
      );
    case 'attention': {
      const reason = item.last && rowNamed(item.last, true).reason;
      if (item.kind === 'report') return REPORT[reason ?? 'refused'] ?? REPORT_STUCK;
      return ATTENTION[reason ?? 'refused'];
    }
  }
}

/** Reasons to discard, as a clinician would give them. */
export const DISCARD_REASONS = [
  { reason: 'answered-again', label: 'I answered again' },
  { reason: 'documented-elsewhere', label: 'It is documented elsewhere' },
  { reason: 'not-mine', label: 'It was a mistake' },
  { reason: 'other', label: 'Another reason' },
] as const;
