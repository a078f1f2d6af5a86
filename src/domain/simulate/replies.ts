import type { TableRow } from '../tables/schema.ts';
import { doneAfter, drawAction } from './action.ts';
import { type Answer, drawAnswers } from './answer.ts';
import type { Course } from './course.ts';
import type { reasonCellsOnce } from './reason-mix.ts';
import { decisionRow, exposureRow, type Said, type Shown } from './rows/answer-rows.ts';
import type { View } from './view.ts';

export interface Replies {
  readonly exposures: readonly TableRow<'exposures'>[];
  readonly decisions: readonly TableRow<'decisions'>[];
  readonly action: TableRow<'outcomes'> | null;
}

export interface ReplyContext {
  readonly shown: ReadonlyMap<View, readonly Shown[]>;
  readonly reasonCells: ReturnType<typeof reasonCellsOnce>;
  readonly appVersion: string;
  readonly actionSystem: string;
}

/** What came of one course: who had it in view, what they answered, and what was done. */
export function drawReplies(course: Course, context: ReplyContext): Replies {
  const { shown, appVersion } = context;
  const viewed = course.views.map((view) => {
    const displays = shown.get(view) ?? [];
    return { view, displays, answers: drawAnswers(course, view, displays[0]?.seen ?? 0) };
  });
  const action = drawAction(
    course,
    viewed.flatMap(({ answers }) => answers),
  );
  return {
    exposures: viewed.flatMap(({ view, displays }) =>
      displays.map((one) => exposureRow(view.about, view.clinician, one, appVersion)),
    ),
    decisions: viewed.flatMap(({ view, displays, answers }) => {
      const last = displays.at(-1);
      if (!last) return [];
      return answers.map((answer, i) =>
        decisionRow(
          view.about,
          view.clinician,
          last,
          said(answer, answers[i + 1] !== undefined, course, action, context),
          appVersion,
        ),
      );
    }),
    action,
  };
}

function said(
  answer: Answer,
  isReplaced: boolean,
  { model }: Course,
  action: TableRow<'outcomes'> | null,
  { reasonCells, actionSystem }: ReplyContext,
): Said {
  const done = doneAfter(action, answer.at);
  const isValid = answer.status === 'final';
  return {
    decision_id: answer.id,
    replaces_id: answer.replaces,
    response: answer.word,
    ...reasonCells(answer.reasons),
    action_system: answer.attests ? actionSystem : null,
    action_code: answer.attests ? model.facts.action : null,
    deferred_until: answer.deferredUntil,
    usefulness: answer.usefulness,
    dwell_ms: answer.dwellMs,
    evidence_opened: answer.evidenceOpened,
    status: answer.status,
    is_head: isValid && !isReplaced && answer.word !== 'withdrawn',
    attested_done: answer.attests ? done : null,
    late_adherence_24h: answer.word === 'overridden' && isValid ? done : null,
    decided_at: answer.at,
    recorded_at: answer.recordedAt,
  };
}
