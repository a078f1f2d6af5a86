import type { Provenance } from 'fhir/r4';
import type { Answer, AnsweredRecommendation } from '#src/domain/feedback.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { SYSTEM } from '../codes.ts';
import { dateTime } from '../date-time.ts';
import { get, isObject, objects } from '../read.ts';
import { codeIn } from './concept.fhir.ts';
import type { TargetStore } from './observation-base.ts';
import { failure } from './read-stored.ts';
import { fromFocus, readReference, referenceOn, toFocus } from './reference.fhir.ts';

export interface ProvenanceOptions extends TargetStore {
  /** When the statement was made; default: the time of the answer. */
  readonly recordedAt?: string;
}

const VERIFYING: ReadonlySet<Answer['response']> = new Set(['accepted', 'accepted-modified']);

/**
 * One per answer. Who accepts has verified the recommendation "for correctness and appropriateness"
 * (R4), so the recommendation is a target too and is found by `Provenance?target=`; who does not is
 * only the author of the response.
 */
export function toProvenance(
  answer: Answer,
  observation: string,
  options: ProvenanceOptions = {},
): Provenance {
  const target = options.server ?? answer.issuer;
  const verifies = VERIFYING.has(answer.response);
  const recommendation = toFocus(answer.recommendation, target);
  const response = { reference: observation, type: 'Observation' };
  return {
    resourceType: 'Provenance',
    target: verifies ? [response, recommendation] : [response],
    occurredDateTime: answer.answeredAt,
    recorded: options.recordedAt ?? answer.answeredAt,
    agent: [
      {
        type: {
          coding: [
            { system: SYSTEM.provenanceParticipantType, code: verifies ? 'verifier' : 'author' },
          ],
        },
        who: { reference: referenceOn(target, answer.issuer, answer.performer.reference) },
      },
    ],
    entity: [{ role: 'source', what: recommendation }],
  };
}

export interface AnswerProvenance {
  readonly observation: string;
  readonly recommendation: AnsweredRecommendation;
  readonly role: 'verifier' | 'author';
  readonly performer: string;
  readonly recordedAt: string;
}

const ROLES = ['verifier', 'author'] as const;

export function fromProvenance(resource: unknown, server: string): ReadResult<AnswerProvenance> {
  if (!isObject(resource) || resource.resourceType !== 'Provenance') {
    return failure('unsupported', 'This is no Provenance.', 'Provenance');
  }
  const observation = objects(resource.target)
    .map((held) => readReference(held, server, server))
    .find((reference) => reference?.includes('Observation/'));
  const agent = objects(resource.agent)[0];
  const role = ROLES.find((code) => code === codeIn(agent?.type, SYSTEM.provenanceParticipantType));
  const source = objects(resource.entity).find((entity) => entity.role === 'source');
  const recommendation = fromFocus(get(source, 'what'), server);
  const performer = readReference(agent?.who, server, server);
  const recordedAt = dateTime(resource.recorded);
  if (!observation) return failure('missing', 'It names no response.', 'Provenance.target');
  if (!recommendation) {
    return failure('missing', 'It names no recommendation.', 'Provenance.entity');
  }
  if (!performer || !recordedAt || !role) {
    return failure('missing', 'It does not say who did what, and when.', 'Provenance.agent');
  }
  const value = { observation, recommendation, role, performer, recordedAt };
  return { ok: true, value, problems: [] };
}
