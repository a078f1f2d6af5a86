import { type AnswerSinkId, type Sink, sinkName, sinksOf } from '../sinks.ts';
import type { FlowsheetMapping, IssuerConfig, SinkConfig } from '../site-config.ts';

/** What is lost on the way into one sink, told before a site goes live and not discovered after. */
export interface SinkLosses {
  readonly sink: AnswerSinkId;
  /** As people call it. */
  readonly name: string;
  readonly required: boolean;
  /** Each a sentence; empty: everything that the app records. */
  readonly cannot: readonly string[];
}

/** By sink, what a test answer really lost ("recommendation answered: not stored (…)"). */
export type SeenLosses = Partial<Readonly<Record<AnswerSinkId, readonly string[]>>>;

const EVERYWHERE_BUT_IN_A_STORE = [
  'That a recommendation was displayed: adoption has no count of what was seen.',
  'When it was displayed, time to response, whether the evidence was opened.',
  'The state of the model at the time of the answer, and the number that was shown.',
  'Usefulness, study arm and app version.',
  'Provenance: who verified the recommendation.',
  'That a device stopped sending (the undelivered report).',
];

/** Words in a chart, in place of an Observation. */
const WORDS_IN_A_CHART = [
  'A reference to the recommendation: only its identifier and version, as text.',
  'Which earlier answer a change of mind replaces: only that it does.',
  'Retraction: what is filed stays, and a withdrawal is filed beside it.',
  ...EVERYWHERE_BUT_IN_A_STORE,
];

/** By sink, from the contract ("Who may read it"), what vendors file (B7) and what we write there. */
const CANNOT: Readonly<Record<AnswerSinkId, readonly string[]>> = {
  'fhir-observation': ['Identifier and version of the model.', ...EVERYWHERE_BUT_IN_A_STORE],
  'hospital-store': ['Anything a reader of the EHR chart sees: it is beside the chart, not in it.'],
  'epic-flowsheet': [
    'Codes: the answer and its reasons are text, one concept in a row.',
    'The time to come back and what was done instead as fields: they stand before the comment.',
    'More than 254 characters of text: it is cut, and the card says so.',
    'An answer outside an open encounter.',
    'An identifier by which a repeat is recognised: the EHR refuses only the same reading.',
    ...WORDS_IN_A_CHART,
  ],
  'document-note': [
    'Anything that can be counted: it is one plain text for a session.',
    'Certainty: a note is sent at most once, and what is in doubt goes to a person.',
    'An answer outside an encounter.',
    ...WORDS_IN_A_CHART,
  ],
  'cds-feedback-relay': [
    'Answers to recommendations that have no identifier of a CDS Hooks card.',
    'Deferred and withdrawn answers: CDS Hooks knows only accepted and overridden.',
    'That an answer was accepted with changes, and what was changed.',
    'An acceptance where the card offered no suggestion to name.',
    'A second reason, and an override without a reason or comment.',
    'Who answered, and for which patient.',
    'A change of mind as one: the service gets both answers.',
    ...EVERYWHERE_BUT_IN_A_STORE,
  ],
};

/** What this issuer's sinks lose, each in turn. */
export function sinkLosses(
  issuer: Pick<IssuerConfig, 'label' | 'vendor' | 'store' | 'sinks' | 'hospitalStore'>,
  seen: SeenLosses = {},
): readonly SinkLosses[] {
  return sinksOf(issuer).map((sink) => ({
    sink: sink.id,
    name: sinkName(sink.id, issuer),
    required: sink.required,
    cannot: [
      ...(seen[sink.id] ?? []).map((one) => `Seen with the test answer: ${one}.`),
      ...lossesOf(sink, issuer.hospitalStore),
    ],
  }));
}

function lossesOf({ id, config }: Sink, hospitalStore: boolean): readonly string[] {
  // An EHR that is the hospital's own store takes everything.
  if (id === 'fhir-observation' && hospitalStore) return [];
  return [
    ...(config.flowsheet ? rowLosses(config.flowsheet) : []),
    ...whenFiled(config),
    ...CANNOT[id],
  ];
}

const rowLosses = ({ reason, comment }: FlowsheetMapping): readonly string[] => [
  ...(reason === undefined
    ? ['Reasons in a row of their own: none is configured, they stand behind the decision.']
    : []),
  ...(comment === undefined
    ? ['Comments in a row of their own: none is configured, they are the note of the decision.']
    : []),
];

const whenFiled = ({ note }: Pick<SinkConfig, 'note'>): readonly string[] =>
  note
    ? [
        `An answer at once: the note is filed when the chart is left, or ${note.afterMinutes} min after the last answer.`,
      ]
    : [];
