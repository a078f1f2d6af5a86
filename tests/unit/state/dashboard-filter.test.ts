import { describe, expect, it } from 'vitest';
import { filterOf, toSearch } from '#src/state/dashboard/filter.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('the view that stands in an address', () => {
  it('takes what makes sense, and nothing else', () => {
    expect(
      toSearch({
        model: 'sepsis',
        unit: 7,
        from: '2026-07-09',
        to: 'soon',
        group: 'shoe',
        form: 'x',
      }),
    ).toEqual({ model: 'sepsis', from: '2026-07-06' });
    expect(toSearch({ model: 'm'.repeat(201), patient: 'Patient/1' })).toEqual({});
    expect(toSearch({ from: '2026-02-99' })).toEqual({});
  });

  it('comes back from what it says itself', () => {
    const search = {
      model: 'a',
      site: 's',
      unit: 'Location/1',
      from: '2026-07-06',
      group: 'sex',
      form: 'minutes',
    };
    expect(toSearch(toSearch(search))).toEqual(search);
    expect(filterOf(search, NOW)).toMatchObject({
      group: 'sex',
      form: 'minutes',
      from: '2026-07-06',
    });
  });

  it('without dates is the last three blocks, and never ends before it begins', () => {
    expect(filterOf({}, NOW)).toMatchObject({ from: '2026-08-31', to: '2026-10-26', group: 'age' });
    expect(filterOf({ from: '2026-10-26', to: '2026-07-06' }, NOW)).toMatchObject({
      from: '2026-07-06',
      to: '2026-07-06',
    });
  });
});
