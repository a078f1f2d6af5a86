import { describe, expect, it } from 'vitest';
import type { EvidenceValue, Probability } from '#src/domain/recommendation.ts';
import { formatAge } from '#src/ui/format/age.ts';
import {
  formatDateTime,
  formatShortTime,
  parseTime,
  toIsoWithOffset,
} from '#src/ui/format/date-time.ts';
import { formatPatientAge, formatSex } from '#src/ui/format/patient-age.ts';
import { formatConfidence, percentNumber, viewProbability } from '#src/ui/format/probability.ts';
import {
  formatNumber,
  formatRange,
  formatUnit,
  formatValue,
  viewAbnormality,
} from '#src/ui/format/quantity.ts';
import { clipText, keepTogether, midSentence, plainLine, plural } from '#src/ui/format/text.ts';

// Local times throughout: the tables hold in every time zone.
const local = (...parts: [number, number, number, number?, number?]) =>
  new Date(...parts).getTime();
const NOW = local(2026, 2, 14, 20, 40);
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

describe('age of a time', () => {
  it.each([
    [ago(0), 'now', 'just now'],
    [ago(-1), 'now', 'just now'],
    [ago(1), '1 min', '1 min ago'],
    [ago(18), '18 min', '18 min ago'],
    [ago(59), '59 min', '59 min ago'],
    [ago(60), '1 h', '1 h ago'],
    [ago(305), '5 h', '5 h ago'],
    [ago(47 * 60 + 59), '47 h', '47 h ago'],
    [ago(48 * 60), '2 d', '2 d ago'],
    [ago(72 * 60), '3 d', '3 d ago'],
    [ago(100 * 1440), '3 mo', '3 mo ago'],
    [ago(800 * 1440), '2 y', '2 y ago'],
    [ago(-30), 'in 30 min', 'in 30 min (in the future)'],
    ['2026-03-14', 'today', 'today (date only)'],
    ['2026-03-13', '1 d', 'on 13 Mar 2026 (date only)'],
    ['2026-03-11', '3 d', 'on 11 Mar 2026 (date only)'],
    ['2026-05-01', '1 May 2026', 'on 1 May 2026 (date only)'],
    ['2024-05', 'May 2024', 'in May 2024'],
    ['2024', '2024', 'in 2024'],
    ['yesterday', 'time unknown', 'at an unknown time'],
    ['2026-02-30', 'time unknown', 'at an unknown time'],
    [undefined, 'time unknown', 'at an unknown time'],
  ])('%s is "%s"', (sent, text, sentence) => {
    expect(formatAge(sent, NOW)).toMatchObject({ text, sentence });
  });
});

describe('times', () => {
  it.each([
    ['2026-03-14T20:10:00Z', 'time', 0, false],
    ['2026-03-14T20:10:00.123+02:00', 'time', 120, false],
    ['2026-03-14T20:10:00-0530', 'time', -330, false],
    ['2026-03-14T20:10:00', 'time', undefined, true],
    ['2026-03-14', 'date', undefined, false],
    ['2026-03', 'month', undefined, false],
    ['2026', 'year', undefined, false],
  ])('%s has precision %s', (sent, precision, offsetMinutes, offsetMissing) => {
    expect(parseTime(sent)?.precision).toBe(precision);
    expect(parseTime(sent)?.offsetMinutes).toBe(offsetMinutes);
    expect(parseTime(sent)?.offsetMissing).toBe(offsetMissing);
  });

  it.each(['', 'soon', '2026-13-01', '2026-03-14T25:00:00Z', '14.3.2026', '2026-3-1'])(
    'does not make a time of "%s"',
    (sent) => expect(parseTime(sent)).toBeUndefined(),
  );

  it('names the sender’s zone when it is not the reader’s, and says when none was sent', () => {
    const own = -new Date('2026-03-14T12:00:00Z').getTimezoneOffset();
    const other = own === 330 ? '+05:45' : '+05:30';
    expect(formatDateTime(`2026-03-14T12:00:00${other}`)).toContain(
      `(sent as UTC${other.replace('0', '')})`,
    );
    expect(formatDateTime('2026-03-14T12:00:00')).toBe('14 Mar 2026, 12:00 (no time zone sent)');
    expect(formatDateTime(toIsoWithOffset(NOW))).toBe('14 Mar 2026, 20:40');
  });

  it('writes what it can read back, with the local offset', () => {
    for (const ms of [NOW, local(2026, 6, 1, 0, 5), local(2024, 1, 29, 23, 59)]) {
      expect(toIsoWithOffset(ms)).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/,
      );
      expect(parseTime(toIsoWithOffset(ms))?.ms).toBe(ms);
    }
  });

  it('is as short as it can be without being ambiguous', () => {
    expect(formatShortTime(toIsoWithOffset(local(2026, 2, 14, 9, 5)), NOW)).toBe('09:05');
    expect(formatShortTime(toIsoWithOffset(local(2026, 2, 13, 9, 5)), NOW)).toBe('13 Mar, 09:05');
    expect(formatShortTime(toIsoWithOffset(local(2025, 2, 13, 9, 5)), NOW)).toBe(
      '13 Mar 2025, 09:05',
    );
    expect(formatShortTime('2025-02', NOW)).toBe('Feb 2025');
  });
});

describe('probability', () => {
  const percent = (fraction: number, rest: Partial<Probability> = {}): Probability => ({
    sent: fraction * 100,
    scale: 'percent',
    fraction,
    ...rest,
  });
  it.each([
    [0, '0', '0 in 100'],
    [0.0004, '< 0.1', 'fewer than 1 in 1000'],
    [0.004, '0.4', '4 in 1000'],
    [0.01, '1', '1 in 100'],
    [0.34, '34', '34 in 100'],
    [0.345, '35', '35 in 100'],
    [0.995, '> 99', 'more than 99 in 100'],
    [1, '100', '100 in 100'],
  ])('%d is "%s %%", "%s"', (fraction, number, words) => {
    expect(plain(percentNumber(fraction))).toBe(number);
    expect(viewProbability(percent(fraction))).toMatchObject({ kind: 'percent', words });
  });

  it('never makes a percentage of a number whose scale is not known', () => {
    expect(viewProbability({ sent: 0.34, scale: 'unknown' })).toEqual({
      kind: 'as-sent',
      number: '0.34',
      note: 'scale unknown',
    });
  });

  it('shows an impossible number as what it is', () => {
    expect(viewProbability({ sent: 140, scale: 'percent' })).toMatchObject({
      note: 'out of range',
    });
    expect(viewProbability(percent(1.4))).toMatchObject({ note: 'out of range' });
  });

  it('gives an interval only with both ends', () => {
    const view = viewProbability(percent(0.34, { low: 0.26, high: 0.43 }));
    expect(view.kind === 'percent' && plain(view.interval ?? '')).toBe('26–43 %');
    expect(viewProbability(percent(0.34, { low: 0.26 }))).not.toHaveProperty('interval');
  });

  it.each([
    [{ fraction: 0.8 }, '80 %'],
    [{ text: 'moderate' }, 'moderate'],
    [{ fraction: 0.8, text: 'moderate' }, 'moderate (80 %)'],
    [{ low: 0.7, high: 0.9 }, '70–90 %'],
    [{}, undefined],
  ])('confidence %o reads "%s"', (confidence, text) => {
    const shown = formatConfidence(confidence);
    expect(shown === undefined ? undefined : plain(shown)).toBe(text);
  });
});

describe('values and units', () => {
  it.each([
    ['10*9/L', '×10⁹/L'],
    ['10*3/uL', '×10³/µL'],
    ['10*-3', '×10⁻³'],
    ['mm[Hg]', 'mmHg'],
    ['Cel', '°C'],
    ['ug/mL', 'µg/mL'],
    ['mg/dL', 'mg/dL'],
    ['kg/m2', 'kg/m²'],
    ['{score}', ''],
    ['mL/min/{1.73_m2}', 'mL/min/1.73 m²'],
    ['[IU]/L', 'IU/L'],
    ['furlongs', 'furlongs'],
    [undefined, ''],
  ])('%s reads "%s"', (sent, shown) => {
    expect(formatUnit(sent)).toBe(shown);
  });

  it.each([
    [3.8, '3.8'],
    [0.1 + 0.2, '0.3'],
    [9999, '9999'],
    [152000, '152 000'],
    [123456789, '123 456 789'],
    [6.2, '6.2'],
    [6.25, '6.25'],
    [7.345, '7.345'],
    [13.4567, '13.46'],
    [0.0123456, '0.01235'],
    [1234.56, '1235'],
    [12345.6, '12 346'],
    [99.999, '100'],
    [-2.5, '−2.5'],
    [1e12, '1.00e+12'],
    [Number.NaN, 'not a number'],
  ])('%d reads "%s"', (value, shown) => {
    expect(plain(formatNumber(value))).toBe(shown);
  });

  it.each<[EvidenceValue, string]>([
    [{ value: 3.8, unit: 'mmol/L' }, '3.8 mmol/L'],
    [{ value: 9.8, unit: '10*9/L' }, '9.8 ×10⁹/L'],
    [{ value: 5, comparator: '<=', unit: 'ng/L' }, '≤ 5 ng/L'],
    [{ value: 7 }, '7'],
    [{ text: 'Positive' }, 'Positive'],
    [{}, 'no value'],
  ])('%o reads "%s"', (value, shown) => {
    expect(plain(formatValue(value))).toBe(shown);
  });

  it.each([
    [{ low: 0.5, high: 2 }, '0.5–2'],
    [{ low: 65 }, '≥ 65'],
    [{ high: 5 }, '≤ 5'],
    [{ text: 'negative' }, 'negative'],
    [{}, undefined],
    [undefined, undefined],
  ])('range %o reads "%s"', (range, shown) => {
    const text = formatRange(range);
    expect(text === undefined ? undefined : plain(text)).toBe(shown);
  });

  it('says abnormality by mark and word, not by colour alone', () => {
    for (const level of ['critical-high', 'high', 'low', 'critical-low', 'abnormal'] as const) {
      expect(viewAbnormality(level).mark).not.toBe('');
      expect(viewAbnormality(level).word).not.toBe('');
    }
  });
});

describe('patients', () => {
  it.each([
    ['2026-03-14', '0 d'],
    ['2026-03-05', '9 d'],
    ['2026-02-15', '27 d'],
    ['2026-02-14', '4 wk'],
    ['2025-12-14', '3 mo'],
    ['2024-03-15', '23 mo'],
    ['2024-03-14', '2 y'],
    ['1958-06-02', '67 y'],
    ['1958-03-14', '68 y'],
    ['1958-03-15', '67 y'],
    ['1958', '≈ 68 y'],
    ['1958-06', '≈ 67 y'],
    ['2026-04-01', undefined],
    ['unknown', undefined],
    [undefined, undefined],
  ])('born %s is %s', (birthDate, age) => {
    expect(formatPatientAge(birthDate, NOW)).toBe(age);
  });

  it.each([
    ['female', 'F'],
    ['male', 'M'],
    ['intersex', 'intersex'],
    [undefined, undefined],
  ])('sex %s reads %s', (sex, shown) => expect(formatSex(sex)).toBe(shown));
});

describe('text from outside', () => {
  it('is cut where it would flood the screen', () => {
    expect(clipText('x'.repeat(1_000_000), 240)).toHaveLength(240);
    expect(clipText('short', 240)).toBe('short');
  });
  it.each([
    [
      'lactate is 4 mmol/L or more or the mean pressure',
      45,
      'lactate is 4 mmol/L or more or the mean…',
    ],
    ['cultures, lactate, antibiotics', 19, 'cultures, lactate…'],
    ['one two', 4, 'one…'],
  ])('%j is cut to %i between words', (text, max, cut) => expect(clipText(text, max)).toBe(cut));
  it.each([
    ['n = 842 alerts, PPV 12 % (10–14)', 'n_=_842 alerts, PPV 12_% (10–14)'],
    ['Risk of sepsis, within 6 h', 'Risk of sepsis, within 6_h'],
    ['30 mL/kg crystalloid if lactate is 4 mmol/L', '30_mL/kg crystalloid if lactate is 4_mmol/L'],
    ['2 sets of cultures', '2 sets of cultures'],
    ['34 in 100', '34_in_100'],
  ])('%j keeps numbers with what they count', (text, kept) =>
    expect(keepTogether(text).replaceAll('\u00a0', '_')).toBe(kept),
  );
  it.each([
    ['Sepsis', 'sepsis'],
    ['Septic shock', 'septic shock'],
    ['AKI', 'AKI'],
    ['COVID-19', 'COVID-19'],
    ['pH below 7.2', 'pH below 7.2'],
    ['ICU transfer', 'ICU transfer'],
  ])('%s within a sentence is %s', (sent, shown) => expect(midSentence(sent)).toBe(shown));
  it('counts in words', () => {
    expect(plural(1, 'recommendation')).toBe('1 recommendation');
    expect(plural(2, 'recommendation')).toBe('2 recommendations');
  });
});

it.each([
  ['- **Not validated** in the first 24 h.', 'Not validated in the first 24 h.'],
  ['# Cautions\n\n* one\n* two', 'Cautions one two'],
  ['a *b* _c_ `d`', 'a b c d'],
  ['2 * 3 and snake_case stay', '2 * 3 and snake_case stay'],
  ['1. first', 'first'],
  ['', ''],
])('plain words of %j', (markdown, words) => expect(plainLine(markdown)).toBe(words));
