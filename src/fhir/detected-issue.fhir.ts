import { readBasis } from './basis.ts';
import { annotations, codings, conceptText, firstOf } from './datatypes.ts';
import { eventTime } from './date-time.ts';
import { confidence } from './numbers.ts';
import { priorityOf } from './priority.ts';
import { get, type Json, line, objects, paragraphs, problem, text, token } from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import { readStatus } from './status.ts';

/**
 * R4 DetectedIssue: interaction and safety alerts. `severity` gives the order, `implicated` and
 * `evidence.detail` are its inputs. `mitigation` is shown, and never edited: answers are Observations.
 */
export function readDetectedIssue(input: CarrierInput): CarrierContent {
  const { resource, ref, problems } = input;
  const evidence = objects(get(resource, 'evidence'));
  const details = evidence.map((one) => get(one, 'detail'));
  if (get(resource, 'patient') === undefined && get(resource, 'subject') !== undefined) {
    const said = 'The patient was named in the shape of a later FHIR version.';
    problems.push(problem('unsupported', said, 'subject'));
  }
  return {
    status: readStatus(get(resource, 'status'), 'event', problems),
    title: issueTitle(resource, evidence),
    detail: issueDetail(resource),
    kindCodings: ['code', 'category']
      .flatMap((key) => codings(get(resource, key)))
      .concat(evidence.flatMap((one) => codings(get(one, 'code')))),
    predictions: [],
    confidence: confidence([resource, get(resource, 'code'), ...evidence], problems),
    priority: priorityOf(get(resource, 'severity'), 'severity', 'DetectedIssue.severity', problems),
    producedAt: eventTime(resource, 'identified', problems),
    basis: readBasis([get(resource, 'implicated'), ...details], ref, problems, 'implicated'),
    replaces: [],
  };
}

const issueTitle = (resource: Json, evidence: readonly Json[]): string | undefined =>
  conceptText(get(resource, 'code')) ??
  firstOf(evidence, (one) => conceptText(get(one, 'code'))) ??
  line(get(resource, 'detail'), 120) ??
  conceptText(get(resource, 'category'));

const issueDetail = (resource: Json): string | undefined =>
  paragraphs([text(get(resource, 'detail')), mitigations(resource), literature(resource)]);

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
