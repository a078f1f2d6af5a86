import { HOUR_MS } from './calendar.ts';
import type { Course } from './course.ts';
import { chance, logNormal, uuid } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import { drawLaterReasons, drawReasons } from './reason-mix.ts';
import type { View } from './view.ts';

export type Word = 'accepted' | 'accepted-modified' | 'overridden' | 'deferred' | 'withdrawn';

/** One answer, before it is a row. */
export interface Answer {
  readonly id: string;
  readonly replaces: string | null;
  readonly word: Word;
  readonly reasons: readonly string[];
  readonly attests: boolean;
  readonly deferredUntil: number | null;
  readonly usefulness: number | null;
  readonly dwellMs: number;
  readonly evidenceOpened: boolean;
  readonly at: number;
  readonly recordedAt: number;
  readonly status: 'final' | 'entered-in-error';
}

const RESPONSE_SPREAD = 0.75;
/** An answer that the clock saw as shorter was none. */
const LEAST_MS = 500;
/** Share of the answers for which the card was left and come back to, and for how long at most. */
const AWAY = 0.08;
const AWAY_H = 3;
/** Share that reached the server late, from a device without a network. */
const OFFLINE = 0.01;
const OFFLINE_H = 6;
const MODIFIED = 0.15;
const ATTESTED = 0.4;
const EVIDENCE = 0.3;
const RATED = 0.04;
/** Share of answers that are changed, and that are taken back. */
const CHANGED = 0.015;
const TAKEN_BACK = 0.006;
const CONVERTED = 0.6;
const DEFERRED_H = [1, 4] as const;
/** Right advice is followed more, by this factor of the odds on either side of the mean. */
const TRUTH_LOG_ODDS = 0.2;
const ALREADY_DONE = 'action-completed';

/** @param seen exposures of this clinician to this model before the first display. */
export function drawAnswers(course: Course, view: View, seen: number): readonly Answer[] {
  const { stream: own } = view;
  if (!chance(own, course.model.character.responded)) return [];
  const shown = view.shownAt.at(-1) ?? course.firedAt;
  const usual = course.model.character.responseMs * view.clinician.pace;
  const median = course.model.effect?.responseMs?.(view.clinician) ?? usual;
  const dwellMs = Math.round(Math.max(LEAST_MS, logNormal(own, median, RESPONSE_SPREAD)));
  const away = chance(own, AWAY) ? own.next() * AWAY_H * HOUR_MS : 0;
  const decision = own.split(1);
  const first = say(own.split(2), Math.floor(shown + dwellMs + away), dwellMs, null);
  const later = own.split(3);
  const afterHours = (hours: number) =>
    Math.floor(first.at + 60_000 + later.next() * hours * HOUR_MS);
  const say2 = (at: number) => say(own.split(4), at, dwellMs, first.id);
  if (course.treatedAt === null && chance(own, course.model.character.deferred)) {
    const deferred = { ...first, ...putOff(own.split(5), first.at) };
    if (!chance(later, CONVERTED)) return [deferred];
    return [deferred, { ...say2(afterHours(12)), ...decided(course, view, seen, decision) }];
  }
  const answer = { ...first, ...decided(course, view, seen, decision) };
  if (chance(own, TAKEN_BACK)) return takenBack(answer, say2(afterHours(2)), later);
  if (!chance(own, CHANGED)) return [answer];
  return [answer, { ...say2(afterHours(8)), ...decided(course, view, seen, decision.split(1)) }];
}

function say(own: Stream, at: number, dwellMs: number, replaces: string | null): Answer {
  const late = chance(own, OFFLINE) ? own.next() * OFFLINE_H * HOUR_MS : 0;
  return {
    id: uuid(own),
    replaces,
    word: 'accepted',
    reasons: [],
    attests: false,
    deferredUntil: null,
    usefulness: chance(own, RATED) ? 1 + Math.floor(5 * own.next()) : null,
    dwellMs,
    evidenceOpened: chance(own, EVIDENCE),
    at,
    recordedAt: Math.floor(at + 300 + 2_000 * own.next() + late),
    status: 'final',
  };
}

type Decided = Pick<Answer, 'word' | 'reasons' | 'attests'>;

function decided(course: Course, view: View, seen: number, own: Stream): Decided {
  const { model, treatedAt, stay } = course;
  const usual = treatedAt === null ? usualP(course, view) : 0;
  const { clinician } = view;
  const about = { clinician, patient: stay.patient, unit: stay.unit, seen };
  if (!chance(own, model.effect?.follow?.(usual, about) ?? usual))
    return overridden(reasonsOf(course, own.split(1)));
  const word = chance(own, MODIFIED) ? 'accepted-modified' : 'accepted';
  return { word, reasons: [], attests: word === 'accepted-modified' && chance(own, ATTESTED) };
}

function reasonsOf({ model, treatedAt }: Course, own: Stream): readonly string[] {
  if (treatedAt === null) return drawReasons(own, model.facts.highRisk);
  return [model.effect?.treated?.reason(own) ?? ALREADY_DONE];
}

const overridden = (reasons: readonly string[]): Decided => ({
  word: 'overridden',
  reasons,
  attests: false,
});

/** The probability of following that holds while nothing is wrong. */
function usualP({ model, stay, truth }: Course, { clinician }: View): number {
  const right = truth === 'none' ? -TRUTH_LOG_ODDS : TRUTH_LOG_ODDS;
  const logOdds = (model.logOdds[stay.unit.index] ?? 0) + clinician.leaning + right;
  return 1 / (1 + Math.exp(-logOdds));
}

function putOff(own: Stream, at: number) {
  const hours = DEFERRED_H[chance(own, 0.5) ? 0 : 1];
  const deferredUntil = at + hours * HOUR_MS;
  return { word: 'deferred', reasons: drawLaterReasons(own), deferredUntil } as const;
}

/** Where the server can mark an answer it does; elsewhere a further one takes it back. */
function takenBack(answer: Answer, further: Answer, own: Stream): readonly Answer[] {
  if (chance(own, 0.5)) return [{ ...answer, status: 'entered-in-error' }];
  return [answer, { ...further, word: 'withdrawn', usefulness: null }];
}
