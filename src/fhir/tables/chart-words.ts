import type { Coding } from '#src/domain/coding.ts';
import type { ResponseCode } from '#src/domain/feedback.ts';
import { REASON_DISPLAY } from '#src/domain/reason-displays.ts';
import { AI_REASONS, findReason } from '#src/domain/reasons.ts';
import { SYSTEM } from '../codes.ts';
import { RESPONSE_DISPLAY } from '../feedback-terms.ts';

/** What `projections/words.ts` wrote into a chart, read back: words, as far as they still say it. */
export interface ReadDecisionWords {
  readonly response: ResponseCode;
  /** Stands in the place of an earlier answer; the chart does not say which. */
  readonly replacesSome: boolean;
  readonly reasons: readonly Coding[];
}

const isResponse = (word: string): word is ResponseCode => Object.hasOwn(RESPONSE_DISPLAY, word);

/** Longest first: “Accepted with changes” begins with “Accepted”. */
const WORDS: ReadonlyArray<readonly [string, ResponseCode]> = Object.entries(RESPONSE_DISPLAY)
  .flatMap(([code, words]) => (isResponse(code) ? [[words, code] as const] : []))
  .toSorted(([a], [b]) => b.length - a.length);

const REPLACING = [' (in place of an earlier answer)', ': the earlier answer no longer stands'];

const CODES: ReadonlyMap<string, string> = new Map([
  ...Object.keys(REASON_DISPLAY).map((code) => [findReason(code)?.label ?? code, code] as const),
  ...Object.entries(REASON_DISPLAY).map(([code, words]) => [words, code] as const),
]);

const AI_CODES = new Set(AI_REASONS.map(({ code }) => code));

/** By its display, our label, or its code; words that a site chose itself stay words. */
function toReason(words: string): Coding {
  const code = CODES.get(words) ?? findReason(words)?.code;
  if (code === undefined) return { system: '', code: '', display: words };
  const system = AI_CODES.has(code) ? SYSTEM.aiOverrideReason : SYSTEM.nonAdherenceReason;
  return { system, code, display: words };
}

export const readReasonWords = (words: string): readonly Coding[] =>
  words
    .split('; ')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(toReason);

/** “Overridden (in place of an earlier answer): Already done”; undefined where it is nothing of ours. */
export function readDecisionWords(words: string): ReadDecisionWords | undefined {
  const [said, response] = WORDS.find(([start]) => words.startsWith(start)) ?? [];
  if (said === undefined || response === undefined) return undefined;
  const afterWord = words.slice(said.length);
  const replacing = REPLACING.find((one) => afterWord.startsWith(one));
  const rest = afterWord.slice(replacing?.length ?? 0);
  const reason = /^(?:\. Reason)?: /.exec(rest);
  // Anything else that begins like us is somebody's own sentence.
  if (rest !== '' && reason === null) return undefined;
  return {
    response,
    replacesSome: replacing !== undefined,
    reasons: reason === null ? [] : readReasonWords(rest.slice(reason[0].length)),
  };
}

export interface ReadRecommendationWords {
  /** Identifier of the recommendation, else its reference. */
  readonly recommendation: string;
  readonly version: string | undefined;
  readonly model: string | undefined;
  readonly modelVersion: string | undefined;
}

/** “8f3a, version 2; sepsis-lr 3.1.0”. A model's identifier may have spaces, its version may not. */
export function readRecommendationWords(words: string): ReadRecommendationWords | undefined {
  const semicolon = words.lastIndexOf('; ');
  const what = (semicolon < 0 ? words : words.slice(0, semicolon)).trim();
  const by = semicolon < 0 ? '' : words.slice(semicolon + 2).trim();
  const comma = what.lastIndexOf(', version ');
  const recommendation = (comma < 0 ? what : what.slice(0, comma)).trim();
  if (recommendation === '') return undefined;
  const space = by.lastIndexOf(' ');
  return {
    recommendation,
    version: comma < 0 ? undefined : what.slice(comma + ', version '.length),
    model: (space < 0 ? by : by.slice(0, space)) || undefined,
    modelVersion: space < 0 ? undefined : by.slice(space + 1),
  };
}
