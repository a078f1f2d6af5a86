import { describe, expect, it } from 'vitest';
import { changeRows } from '#src/features/review/change-rows.ts';

const change = (type: string, label: string, clock: string) => ({
  ref: { server: 's', type, id: `${type}-${label}-${clock}` },
  label,
  watch: type === 'MedicationRequest' ? 'Antibiotic ordered' : 'Antibiotic given',
  at: `2026-03-14T${clock}:00Z`,
});
const ordered = (drug: string, clock: string) => change('MedicationRequest', drug, clock);
const given = (drug: string, clock: string) => change('MedicationAdministration', drug, clock);
const lactate = change('Observation', 'Lactate', '13:51');

describe('rows of what is new in the chart', () => {
  it.each([
    [
      'an order and what was given by it are one',
      [given('ceftriaxone', '12:45'), ordered('Ceftriaxone ', '12:32')],
      ['given ceftriaxone 12:45, ordered 12:32'],
    ],
    [
      'two drugs are two',
      [given('ceftriaxone', '12:45'), ordered('azithromycin', '12:32')],
      ['given ceftriaxone 12:45', 'ordered azithromycin 12:32'],
    ],
    [
      'an order after what was given is another order',
      [ordered('ceftriaxone', '13:00'), given('ceftriaxone', '12:45')],
      ['ordered ceftriaxone 13:00', 'given ceftriaxone 12:45'],
    ],
    [
      'an order belongs to the first dose after it; each dose is said',
      [
        given('ceftriaxone', '20:45'),
        given('ceftriaxone', '12:45'),
        ordered('ceftriaxone', '12:32'),
      ],
      ['given ceftriaxone 20:45', 'given ceftriaxone 12:45, ordered 12:32'],
    ],
    ['an order alone stays', [ordered('ceftriaxone', '12:32')], ['ordered ceftriaxone 12:32']],
  ])('%s', (_, changes, expected) => {
    const clock = (at: string) => at.slice(11, 16);
    const words = changeRows(changes).map(
      (row) =>
        `${row.change.ref.type === 'MedicationRequest' ? 'ordered' : 'given'} ${row.change.label} ${clock(row.change.at)}${row.ordered ? `, ordered ${clock(row.ordered.at)}` : ''}`,
    );
    expect(words).toEqual(expected);
  });

  it('keeps results, and the order of all', () => {
    const all = [lactate, given('a', '12:45'), ordered('b', '12:30')];
    expect(changeRows(all).map(({ change: one }) => one)).toEqual(all);
  });
});
