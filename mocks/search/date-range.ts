/** Every FHIR date is a range as wide as its precision (search.html §3.1.1.5.10). Both ends inclusive. */
export interface DateRange {
  readonly from: number;
  readonly to: number;
}

const PARTS =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** A date that cannot be read matches nothing: NaN compares false with everything. */
const NOWHERE: DateRange = { from: Number.NaN, to: Number.NaN };

export function rangeOf(text: string): DateRange {
  const parts = PARTS.exec(text);
  if (parts === null) return NOWHERE;
  const [, year, month, day, hour, minute, second, fraction] = parts;
  if (month === undefined) return { from: utc(year), to: Date.UTC(Number(year) + 1, 0) - 1 };
  if (day === undefined) {
    return { from: utc(year, month), to: Date.UTC(Number(year), Number(month)) - 1 };
  }
  if (hour === undefined) {
    const from = utc(year, month, day);
    return { from, to: from + DAY - 1 };
  }
  const zone = parts[8] ?? 'Z';
  const from = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}${fraction ?? ''}${zone}`,
  );
  if (second === undefined) return { from, to: from + MINUTE - 1 };
  return { from, to: fraction === undefined ? from + SECOND - 1 : from };
}

function utc(year: string | undefined, month = '01', day = '01'): number {
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}

/** The comparison prefixes of R4, value range against search range (search.html §3.1.1.5.6). */
export const DATE_PREFIX: Readonly<
  Record<string, (value: DateRange, asked: DateRange) => boolean>
> = {
  eq: (value, asked) => value.from >= asked.from && value.to <= asked.to,
  ne: (value, asked) => !(value.from >= asked.from && value.to <= asked.to),
  gt: (value, asked) => value.to > asked.to,
  lt: (value, asked) => value.from < asked.from,
  ge: (value, asked) => value.to > asked.to || (value.from >= asked.from && value.to <= asked.to),
  le: (value, asked) =>
    value.from < asked.from || (value.from >= asked.from && value.to <= asked.to),
  sa: (value, asked) => value.from > asked.to,
  eb: (value, asked) => value.to < asked.from,
  ap: (value, asked) => value.from <= asked.to + DAY && value.to >= asked.from - DAY,
};
