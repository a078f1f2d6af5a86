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
  cells: (row) => {
    const { response, was_deferred, implied } = row;
    const cells: Record<string, number> = { displayed: 1 };
    if (!implied) cells.recorded = 1;
    if (!implied && response === null) cells.silent = 1;
    if (response !== null) {
      cells.responded = 1;
      cells[ANSWER[response]] = 1;
    }
    if (was_deferred) cells['ever-deferred'] = 1;
    if (was_deferred && follows(row.final_response)) cells.converted = 1;
    if (row.late_adherence_24h !== null) cells['late-known'] = 1;
    if (row.late_adherence_24h === true) cells['late-done'] = 1;
    if (row.attested_done !== null) cells.attested = 1;
    if (row.attested_done === true) cells['attested-done'] = 1;
    return cells;
  },
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
