import type { Abnormality, EvidenceValue, ReferenceRange } from '#src/domain/recommendation.ts';

const NBSP = '\u00a0';

/** UCUM as clinicians write it. Units that are not here are shown by rule, or as they were sent. */
const UNITS: Readonly<Record<string, string>> = {
  '10*9/L': '×10⁹/L',
  '10*3/uL': '×10³/µL',
  '10*6/uL': '×10⁶/µL',
  '10*12/L': '×10¹²/L',
  '/min': '/min',
  '{beats}/min': '/min',
  '{breaths}/min': '/min',
  Cel: '°C',
  '[degF]': '°F',
  'mm[Hg]': 'mmHg',
  'cm[H2O]': 'cmH₂O',
  '[lb_av]': 'lb',
  '[oz_av]': 'oz',
  '[in_i]': 'in',
  '[pH]': '',
  '1': '',
  '{ratio}': '',
  '{INR}': '',
  '{score}': '',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
  'mL/min/1.73.m2': 'mL/min/1.73 m²',
  'm[IU]/L': 'mIU/L',
  '[IU]/L': 'IU/L',
};

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (digits: string): string =>
  digits.replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)] ?? digit);

export function formatUnit(sent: string | undefined): string {
  if (sent === undefined) return '';
  const unit = sent.trim();
  // Own entries only: a server may call its unit "constructor".
  const known = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (known !== undefined) return known;
  return unit
    .replace(/10\*(-?)(\d+)/g, (_, sign: string, digits: string) => {
      return `×10${sign === '-' ? '⁻' : ''}${superscript(digits)}`;
    })
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[(\w+)\]/g, '$1')
    .replace(/(^|[/.])u(?=[a-zA-Z])/g, '$1µ')
    .replace(/(?<=[a-zA-Z])2$/, '²');
}

/** Whole numbers stay whole; beyond four digits a fraction is noise of a computer, not of a patient. */
function withoutNoise(value: number): number {
  if (Number.isInteger(value)) return value;
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}

/** The number that was sent, to four digits, thousands apart from ten thousand on. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  const clean = withoutNoise(value);
  const text = Math.abs(clean) >= 1e9 ? clean.toExponential(2) : String(clean);
  const [whole = '', fraction] = text.split('.');
  const grouped = Math.abs(clean) >= 10_000 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') : whole;
  const signed = grouped.replace(/^-/, '−');
  return fraction === undefined ? signed : `${signed}.${fraction}`;
}

const COMPARATOR = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' } as const;

/** Value and unit kept on one line; text results as they are; "no value" where there is none. */
export function formatValue(value: EvidenceValue): string {
  if (value.value === undefined) return value.text ?? 'no value';
  const comparator = value.comparator ? `${COMPARATOR[value.comparator]}${NBSP}` : '';
  const unit = formatUnit(value.unit);
  return `${comparator}${formatNumber(value.value)}${unit === '' ? '' : `${NBSP}${unit}`}`;
}

export function formatRange(range: ReferenceRange | undefined): string | undefined {
  if (!range) return undefined;
  const { low, high } = range;
  if (low !== undefined && high !== undefined) return `${formatNumber(low)}–${formatNumber(high)}`;
  if (low !== undefined) return `≥${NBSP}${formatNumber(low)}`;
  if (high !== undefined) return `≤${NBSP}${formatNumber(high)}`;
  return range.text;
}

export interface AbnormalityView {
  /** Carries the meaning for those who do not see the colour. */
  readonly mark: string;
  readonly word: string;
  readonly tone: 'danger' | 'plain' | 'muted';
}

const ABNORMALITY: Readonly<Record<Abnormality, AbnormalityView>> = {
  'critical-high': { mark: '↑↑', word: 'critically high', tone: 'danger' },
  high: { mark: '↑', word: 'high', tone: 'danger' },
  normal: { mark: '', word: 'normal', tone: 'plain' },
  low: { mark: '↓', word: 'low', tone: 'danger' },
  'critical-low': { mark: '↓↓', word: 'critically low', tone: 'danger' },
  abnormal: { mark: '!', word: 'abnormal', tone: 'danger' },
  unknown: { mark: '', word: 'not rated', tone: 'plain' },
};

export const viewAbnormality = (abnormality: Abnormality): AbnormalityView =>
  ABNORMALITY[abnormality];
