import { type Sink, type SinkId, sinkName, sinksOf } from '../sinks.ts';
import type { IssuerConfig } from '../site-config.ts';

/** What is lost on the way into one sink, told before a site goes live and not discovered after. */
export interface SinkLosses {
  readonly sink: SinkId;
  /** As people call it. */
  readonly name: string;
  readonly required: boolean;
  /** Each a sentence; empty: everything that the app records. */
  readonly cannot: readonly string[];
}

/** By sink, what a test answer really lost ("recommendation answered: not stored (…)"). */
export type SeenLosses = Partial<Readonly<Record<SinkId, readonly string[]>>>;

const NO_EXPOSURES =
  'That a recommendation was displayed: adoption has no denominator of what was seen.';
const NO_TIMINGS = 'When it was displayed, time to response, whether the evidence was opened.';
const NO_MODEL =
  'Model, version and state at the time of the answer, and the number that was shown.';
const NO_PROVENANCE = 'Provenance: who verified the recommendation.';
const NO_CHAIN = 'Which earlier answer a change of mind replaces.';
const NO_RETRACTION = 'Retraction: what is filed stays; the EHR’s own users must correct it.';
const NO_REFERENCE = 'A reference to the recommendation: only its identifier as text.';
const NO_DEVICE_REPORT = 'That a device stopped sending (the undelivered report).';

/** By sink, from the contract ("Who may read it") and what vendors file (B7). */
const CANNOT: Readonly<Record<SinkId, readonly string[]>> = {
  'fhir-observation': [
    NO_EXPOSURES,
    NO_TIMINGS,
    NO_MODEL,
    'Usefulness, study arm and app version.',
    NO_PROVENANCE,
    NO_DEVICE_REPORT,
  ],
  'hospital-store': ['Anything a reader of the EHR chart sees: it is beside the chart, not in it.'],
  'epic-flowsheet': [
    NO_REFERENCE,
    'Codes: the answer and its reasons are text in a row, one concept each.',
    'A second reason, the time to come back and what was done instead, as fields of their own.',
    'A comment of more than 254 characters, or any comment without a row for it.',
    'An answer outside an open encounter.',
    'An identifier by which a repeat is recognised: the EHR refuses only the same reading.',
    NO_CHAIN,
    NO_RETRACTION,
    NO_EXPOSURES,
    NO_TIMINGS,
    NO_MODEL,
    NO_PROVENANCE,
    NO_DEVICE_REPORT,
  ],
  'document-note': [
    'Anything that can be counted: it is one plain text for a session.',
    'The moment of an answer: the note is filed when the chart is left, or later.',
    'Certainty: a note is sent at most once, and what is in doubt goes to a person.',
    'An answer outside an encounter.',
    NO_CHAIN,
    NO_RETRACTION,
    NO_EXPOSURES,
    NO_TIMINGS,
    NO_PROVENANCE,
    NO_DEVICE_REPORT,
  ],
  'cds-feedback-relay': [
    'Recommendations without the identifier of a CDS Hooks card.',
    'Deferred and withdrawn answers: CDS Hooks knows only accepted and overridden.',
    'That an answer was accepted with changes, and what was changed.',
    'An acceptance where the card offered no suggestion to name.',
    'Who answered, and for which patient.',
    NO_CHAIN,
    NO_RETRACTION,
    NO_EXPOSURES,
    NO_TIMINGS,
    NO_PROVENANCE,
    NO_DEVICE_REPORT,
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
  if (id !== 'epic-flowsheet' || !config.flowsheet) return CANNOT[id];
  const { reason, comment } = config.flowsheet;
  return [
    ...(reason === undefined ? ['Reasons: no row is configured for them.'] : []),
    ...(comment === undefined ? ['Comments: no row is configured for them.'] : []),
    ...CANNOT[id],
  ];
}
