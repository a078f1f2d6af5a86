import { total } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import { clusteredShare, count, type Figure } from './figure.ts';
import type { Metric } from './metric.ts';

/** Cells of an answer, by its code. */
const ANSWER = {
  accepted: 'accepted',
  'accepted-modified': 'modified',
  overridden: 'overridden',
  deferred: 'deferred',
} as const;

/** A + M, and A + M + O: what all shares of decided answers are made of. */
export const FOLLOWED = ['accepted', 'modified'] as const;
export const DECIDED = [...FOLLOWED, 'overridden'] as const;

/** Accepted, with changes or without. */
export const follows = (word: Presentation['response']): boolean =>
  word === 'accepted' || word === 'accepted-modified';

/**
 * What clinicians did with what was put before them. Unit: recommendation version × clinician; the
 * answer is the head within the window (24 h unless the tables say otherwise). Every share stands on
 * both denominators: (A+M)/(A+M+O) alone flatters a model that nobody answers. No response = D − R,
 * of displays that were recorded: one that only its answer proves can be no silence.
 * Excluded: answers that were withdrawn or retracted. Source: metrics.md "Rules"; McCoy et al. 2012,
 * JAMIA 19:346 (late adherence); Slight et al. 2013 (follow-through).
 */
export const adoption: Metric<Presentation> = {
  name: 'adoption',
  cluster: ({ clinician_id }) => clinician_id,
  cells: ({ response, was_deferred, final_response, implied, ...row }) => ({
    displayed: 1,
    ...(!implied && { recorded: 1 }),
    ...(!implied && response === null && { silent: 1 }),
    ...(response !== null && { responded: 1, [ANSWER[response]]: 1 }),
    ...(was_deferred && { 'ever-deferred': 1 }),
    ...(was_deferred && follows(final_response) && { converted: 1 }),
    ...(row.late_adherence_24h !== null && { 'late-known': 1 }),
    ...(row.late_adherence_24h === true && { 'late-done': 1 }),
    ...(row.attested_done !== null && { attested: 1 }),
    ...(row.attested_done === true && { 'attested-done': 1 }),
  }),
  figures: (counts) => {
    const of = (name: string, above: readonly string[], below: readonly string[]): Figure =>
      clusteredShare(name, counts, above, below);
    return [
      count('displayed', total(counts, 'displayed')),
      count('responded', total(counts, 'responded')),
      of('acceptance of decided', FOLLOWED, DECIDED),
      of('acceptance of displayed', FOLLOWED, ['displayed']),
      of('strict acceptance of decided', ['accepted'], DECIDED),
      of('strict acceptance of displayed', ['accepted'], ['displayed']),
      of('modification of decided', ['modified'], DECIDED),
      of('modification of displayed', ['modified'], ['displayed']),
      of('override of decided', ['overridden'], DECIDED),
      of('override of displayed', ['overridden'], ['displayed']),
      of('deferral of responded', ['deferred'], ['responded']),
      of('deferral of displayed', ['deferred'], ['displayed']),
      of('deferrals converted', ['converted'], ['ever-deferred']),
      of('no response of displayed', ['silent'], ['recorded']),
      of('late adherence of overridden', ['late-done'], ['late-known']),
      of('attested actions done', ['attested-done'], ['attested']),
    ];
  },
};
