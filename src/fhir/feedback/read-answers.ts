import type { UnreadAnswer } from '#src/domain/answer-chain.ts';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import type { Problem } from '#src/domain/problem.ts';
import { ITEM } from '../codes.ts';
import { fromObservation } from './read-observation.ts';
import { readReplaces } from './read-response.ts';
import { isItem, type ReadOptions } from './read-stored.ts';

export interface ReadAnswers {
  readonly answers: readonly StoredAnswer[];
  /** Could not be read, but say which answer they replace: that one no longer counts. */
  readonly unread: readonly UnreadAnswer[];
  readonly problems: readonly Problem[];
}

/** All responses in a search result; other resources are passed over, unreadable ones are counted. */
export function readAnswers(
  resources: readonly unknown[],
  server: string,
  options: ReadOptions = {},
): ReadAnswers {
  const answers: StoredAnswer[] = [];
  const unread: UnreadAnswer[] = [];
  const problems: Problem[] = [];
  for (const resource of resources) {
    if (!isItem(resource, ITEM.response)) continue;
    const result = fromObservation(resource, server, options);
    if (result.ok) {
      answers.push(result.value);
      problems.push(...result.problems);
      continue;
    }
    problems.push(result.problem);
    const replaces = readReplaces(resource, server);
    if (replaces && resource.status !== 'entered-in-error') unread.push({ replaces, server });
  }
  return { answers, unread, problems };
}
