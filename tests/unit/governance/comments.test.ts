import { describe, expect, it } from 'vitest';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import {
  type CommentAnswer,
  commentGroups,
  commentStanding,
  needsAnswer,
} from '#src/domain/governance/feedback/comments.ts';
import {
  readCommentTask,
  toCommentReply,
  toCommentTask,
} from '#src/fhir/governance/comment.fhir.ts';
import { readCommentReplies } from '#src/fhir/governance/comment-reply.fhir.ts';
import { id, leanAnswer, reason } from '../fhir-feedback/answers.ts';

const SERVER = 'https://registry.example.org/fhir';

interface Said {
  readonly n: number;
  readonly reasons?: readonly string[];
  readonly comment?: string;
  readonly by?: string;
  readonly status?: StoredAnswer['status'];
}

const said = ({ n, reasons = [], comment, by = 'd1', status = 'final' }: Said): StoredAnswer => {
  const { comment: _none, ...rest } = leanAnswer;
  return {
    ref: { server: SERVER, type: 'Observation', id: `o${n}` },
    status,
    answer: {
      ...rest,
      id: id(n),
      response: 'overridden',
      reasons: reasons.map(reason),
      ...(comment !== undefined && { comment }),
      performer: { reference: `Practitioner/${by}` },
      model: { identifier: 'sepsis-lr', version: '3.1.0' },
      answeredAt: `2026-10-0${n}T10:00:00Z`,
    },
  };
};

const shape = (all: readonly StoredAnswer[]) =>
  commentGroups(all).map(({ route, reason: code, said: some }) => [
    route,
    code,
    some.map(({ answer }) => answer.id),
  ]);

describe('what clinicians said', () => {
  it('reaches who can change something, the commonest first, and what nobody must act on last', () => {
    expect(
      shape([
        said({ n: 1, reasons: ['patient-refuses'] }),
        said({ n: 2, reasons: ['service-not-available'] }),
        said({ n: 3, reasons: ['action-completed', 'service-not-available'] }),
      ]),
    ).toEqual([
      ['operations', 'service-not-available', [id(3), id(2)]],
      ['trigger-logic', 'action-completed', [id(3)]],
      ['none', 'patient-refuses', [id(1)]],
    ]);
  });

  it.each<[string, Said, string[]]>([
    ['words alone are triaged', { n: 1, comment: 'Why at night?' }, ['triage']],
    [
      'words beside a reason that nobody acts on are triaged too',
      { n: 1, reasons: ['limited-time'], comment: 'Fires at every handover' },
      ['triage', 'defer'],
    ],
    [
      'words beside a reason of an owner go with it',
      { n: 1, reasons: ['patient-ineligible'], comment: 'On dialysis' },
      ['model-owner'],
    ],
    ['a code that nobody knows is triaged', { n: 1, reasons: ['of-the-site'] }, ['triage']],
    ['nothing said is nothing to answer', { n: 1 }, []],
    ['what was taken back is not heard', { n: 1, comment: 'x', status: 'entered-in-error' }, []],
  ])('%s', (_what, one, routes) => {
    expect(commentGroups([said(one)]).map(({ route }) => route)).toEqual(routes);
  });

  it('a group of another version is another group', () => {
    const one = said({ n: 1, reasons: ['patient-ineligible'] });
    const other = {
      ...said({ n: 2, reasons: ['patient-ineligible'] }),
    };
    const older = { ...other, answer: { ...other.answer, model: { identifier: 'sepsis-lr' } } };
    expect(commentGroups([one, older])).toHaveLength(2);
  });
});

describe('an owner’s answer', () => {
  const first = said({ n: 1, reasons: ['patient-ineligible'], comment: 'On dialysis' });
  const second = said({ n: 2, reasons: ['patient-ineligible'], by: 'd2' });
  const [group] = commentGroups([first, second]);
  if (!group) throw new Error('There is a group.');
  const draft = {
    id: id(50),
    group,
    about: group.said,
    device: 'Device/m1',
    outcome: 'changed',
    words: 'Dialysis is an exclusion from Monday on.',
    by: 'Practitioner/owner',
    at: '2026-10-05T08:00:00+00:00',
  } as const;
  const stored = { ...toCommentTask(draft, ['Communication/c1'], SERVER), id: 't1' };

  it('is read as it was written', () => {
    expect(readCommentTask(stored, SERVER)).toEqual({
      id: id(50),
      group: {
        route: 'model-owner',
        reason: 'patient-ineligible',
        model: 'sepsis-lr',
        version: '3.1.0',
      },
      outcome: 'changed',
      words: draft.words,
      about: [id(2), id(1)],
      by: draft.by,
      at: draft.at,
    });
    expect(readCommentTask({ ...stored, status: 'cancelled' }, SERVER)).toBeUndefined();
  });

  it('settles what it names; what was said later is open again', () => {
    const answer = readCommentTask(stored, SERVER) as CommentAnswer;
    const later = said({ n: 3, reasons: ['patient-ineligible'] });
    const [grown] = commentGroups([first, second, later]);
    if (!grown) throw new Error('There is a group.');
    const open = (answers: readonly CommentAnswer[]) =>
      commentStanding(grown, answers).open.map(({ answer: { id: one } }) => one);
    expect(open([])).toEqual([id(3), id(2), id(1)]);
    expect(open([answer])).toEqual([id(3)]);
    // To have read it is not to have answered it.
    expect(open([{ ...answer, outcome: 'read' }])).toEqual([id(3), id(2), id(1)]);
    expect(open([{ ...answer, group: { ...answer.group, version: '3.2.0' } }])).toHaveLength(3);
    expect(needsAnswer(grown)).toBe(true);
  });

  it('goes to each clinician about their own answers alone', () => {
    const toSecond = toCommentReply(draft, 'Practitioner/d2', id(52), SERVER);
    expect(toSecond.recipient).toEqual([{ reference: 'Practitioner/d2' }]);
    const read = readCommentReplies([toSecond, { ...toSecond, status: 'entered-in-error' }]);
    expect(read).toEqual([
      { outcome: 'changed', text: draft.words, about: [id(2)], sentAt: draft.at },
    ]);
    // A reply to a safety report has no such topic.
    const { topic: _topic, ...untold } = toSecond;
    expect(readCommentReplies([untold])).toEqual([]);
  });
});
