import type { StoredAnswer } from '#src/domain/feedback.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { ITEM } from '../codes.ts';
import { defined, type Problems } from '../read.ts';
import { readAnswer, readResponse } from './read-response.ts';
import { type ReadOptions, readStored } from './read-stored.ts';

/**
 * Reads any Observation as an answer, ours or a foreign writer's; never throws. `ok: false` only where
 * claiming an answer would be a guess: no focus, no performer, no time, or a response or status that
 * this version does not know.
 */
export function fromObservation(
  resource: unknown,
  server: string,
  options: ReadOptions = {},
): ReadResult<StoredAnswer> {
  const problems: Problems = [];
  const stored = readStored(resource, ITEM.response, server, options, problems);
  if (!stored.ok) return stored;
  const response = readResponse(stored.resource);
  if (!response.ok) return response;
  const answer = readAnswer(stored, response.value, problems);
  const { ref, version, status } = stored;
  return { ok: true, value: defined<StoredAnswer>({ answer, ref, version, status }), problems };
}
