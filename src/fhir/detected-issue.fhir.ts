import { readBasis } from './basis.ts';
import { annotations, codings, conceptText, firstOf } from './datatypes.ts';
import { firstDate } from './date-time.ts';
import { confidence } from './numbers.ts';
import { priorityOf } from './priority.ts';
import { get, line, objects, problem, text, token } from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import { readStatus } from './status.ts';

/**
 * R4 DetectedIssue: interaction and safety alerts. `severity` gives the order, `implicated` and
 * `evidence.detail` are its inputs. `mitigation` is shown, and never edited: answers are Observations.
 */
export function readDetectedIssue(input: CarrierInput): CarrierContent {
  const { resource, ref, problems } = input;
  const evidence = objects(get(resource, 'evidence'));
  if (get(resource, 'patient') === undefined && get(resource, 'subject') !== undefined) {
    problems.push(
      problem(
        'unsupported',
        'The patient was named in the shape of a later FHIR version.',
        'subject',
      ),
    );
  }
  const identified = get(resource, 'identifiedPeriod');
  const reason = firstOf(evidence, (one) => conceptText(get(one, 'code')));
  const detail = text(get(resource, 'detail'));
  return {
    status: readStatus(get(resource, 'status'), 'event', problems),
    title:
      conceptText(get(resource, 'code')) ??
      reason ??
      line(get(resource, 'detail'), 120) ??
      conceptText(get(resource, 'category')),
    detail: text(
      [detail, mitigations(resource), literature(resource)].filter(Boolean).join('\n\n'),
    ),
    kindCodings: [
      ...codings(get(resource, 'code')),
      ...codings(get(resource, 'category')),
      ...evidence.flatMap((one) => codings(get(one, 'code'))),
    ],
    predictions: [],
    confidence: confidence([resource, get(resource, 'code'), ...evidence], problems),
    priority: priorityOf(get(resource, 'severity'), 'severity', 'DetectedIssue.severity', problems),
    producedAt: firstDate(
      [
        [get(resource, 'identifiedDateTime'), 'identifiedDateTime'],
        [get(identified, 'end'), 'identifiedPeriod.end'],
        [get(identified, 'start'), 'identifiedPeriod.start'],
      ],
      problems,
    ),
    basis: readBasis(
      [get(resource, 'implicated'), ...evidence.map((one) => get(one, 'detail'))],
      ref,
      problems,
      'implicated',
    ),
    replaces: [],
  };
}

function mitigations(resource: unknown): string | undefined {
  const done = objects(get(resource, 'mitigation'))
    .map((one) => conceptText(get(one, 'action')))
    .filter(Boolean);
  const notes = annotations(
    objects(get(resource, 'mitigation')).flatMap((one) => objects(get(one, 'note'))),
  );
  return done.length === 0
    ? notes
    : text(`Already recorded as mitigated: ${done.slice(0, 5).join('; ')}`);
}

const literature = (resource: unknown): string | undefined => {
  const uri = token(get(resource, 'reference'));
  return uri === undefined ? undefined : `Reference: ${uri}`;
};
