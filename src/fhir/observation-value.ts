import type { Abnormality, EvidenceValue, ReferenceRange } from '#src/domain/recommendation.ts';
import { byInterpretation, byRange, referenceRange, worst } from './abnormality.ts';
import { conceptText, period, quantity, type ReadQuantity } from './datatypes.ts';
import { dateTime } from './date-time.ts';
import { boolean, defined, get, isObject, type Json, line, number, objects, text } from './read.ts';

/** A result as read: what is shown, and the quantity behind it where there is one. */
export interface ReadValue {
  readonly shown: EvidenceValue;
  readonly quantity?: ReadQuantity;
  readonly range?: ReferenceRange;
  readonly abnormality: Abnormality;
  /** True where the server says only why there is no result. */
  readonly absent: boolean;
}

const BLOOD_PRESSURE = { systolic: '8480-6', diastolic: '8462-4' } as const;

/** When an Observation was true of the patient (R4 `effective[x]`), else when it was issued. */
export const observedAt = (resource: unknown): string | undefined =>
  dateTime(get(resource, 'effectiveDateTime')) ??
  dateTime(get(resource, 'effectiveInstant')) ??
  period(get(resource, 'effectivePeriod')).end ??
  period(get(resource, 'effectivePeriod')).start ??
  dateTime(get(resource, 'issued'));

/** `value[x]`, components or `dataAbsentReason` of an Observation; numbers only from numeric types. */
export function readValue(resource: unknown): ReadValue {
  const at = observedAt(resource);
  const own = resultOf(resource);
  if (own !== undefined) return withAbnormality(resource, own, at);
  const parts = objects(get(resource, 'component'));
  const pressure = bloodPressure(parts, at);
  if (pressure !== undefined) return pressure;
  const read = parts
    .map((part) => ({ part, value: resultOf(part) }))
    .filter((one) => one.value !== undefined)
    .slice(0, 8);
  if (read.length > 0) {
    const said = read.map(
      ({ part, value }) => `${conceptText(get(part, 'code')) ?? '?'} ${shownText(value)}`,
    );
    return {
      shown: defined<EvidenceValue>({ at, text: line(said.join('; ')) }),
      abnormality: worst([
        byInterpretation(get(resource, 'interpretation')) ?? 'unknown',
        ...read.map(({ part, value }) => withAbnormality(part, value ?? {}, at).abnormality),
      ]),
      absent: false,
    };
  }
  const why = conceptText(get(resource, 'dataAbsentReason'));
  return {
    shown: defined<EvidenceValue>({
      at,
      text: why === undefined ? undefined : `No result: ${why}`,
    }),
    abnormality: 'unknown',
    absent: true,
  };
}

type Plain = { readonly quantity?: ReadQuantity; readonly text?: string };

const shownText = (value: Plain | undefined): string => {
  const amount = value?.quantity;
  if (amount === undefined) return value?.text ?? '';
  return `${amount.comparator ?? ''}${short(amount.value)} ${amount.unit ?? ''}`.trim();
};

function resultOf(element: unknown): Plain | undefined {
  const amount = quantity(get(element, 'valueQuantity'));
  if (amount !== undefined) return { quantity: amount };
  const integer = number(get(element, 'valueInteger'));
  if (integer !== undefined) return { quantity: { value: integer } };
  const said = otherValue(element);
  return said === undefined ? undefined : { text: said };
}

function otherValue(element: unknown): string | undefined {
  const range = get(element, 'valueRange');
  const ratio = get(element, 'valueRatio');
  const truth = boolean(get(element, 'valueBoolean'));
  const span = period(get(element, 'valuePeriod'));
  return (
    conceptText(get(element, 'valueCodeableConcept')) ??
    line(text(get(element, 'valueString'))) ??
    (truth === undefined ? undefined : truth ? 'Yes' : 'No') ??
    (isObject(range) ? pair(range, 'low', 'high', '–') : undefined) ??
    (isObject(ratio) ? pair(ratio, 'numerator', 'denominator', ':') : undefined) ??
    dateTime(get(element, 'valueDateTime')) ??
    line(get(element, 'valueTime'), 20) ??
    (span.start === undefined && span.end === undefined
      ? undefined
      : `${span.start ?? ''} – ${span.end ?? ''}`)
  );
}

function pair(element: Json, from: string, to: string, between: string): string | undefined {
  const [a, b] = [quantity(get(element, from)), quantity(get(element, to))];
  if (a === undefined && b === undefined) return undefined;
  const unit = b?.unit ?? a?.unit ?? '';
  return `${a?.value ?? ''}${between}${b?.value ?? ''} ${unit}`.trim();
}

function withAbnormality(element: unknown, value: Plain, at: string | undefined): ReadValue {
  const range = referenceRange(get(element, 'referenceRange'));
  const amount = value.quantity;
  return defined<ReadValue>({
    shown: defined<EvidenceValue>({
      at,
      value: amount?.value,
      comparator: amount?.comparator,
      unit: amount?.unit,
      text: value.text,
    }),
    quantity: amount,
    range:
      range === undefined
        ? undefined
        : defined<ReferenceRange>({ low: range.low, high: range.high, text: range.text }),
    abnormality: byInterpretation(get(element, 'interpretation')) ?? byRange(amount, range),
    absent: false,
  });
}

/** Systolic and diastolic as one text ("118/76"); the systolic carries the series. */
function bloodPressure(parts: readonly Json[], at: string | undefined): ReadValue | undefined {
  const part = (code: string) =>
    parts.find((one) =>
      objects(get(get(one, 'code'), 'coding')).some((coding) => get(coding, 'code') === code),
    );
  const [systolic, diastolic] = [part(BLOOD_PRESSURE.systolic), part(BLOOD_PRESSURE.diastolic)];
  const [upper, lower] = [systolic, diastolic].map((one) => resultOf(one)?.quantity);
  if (upper === undefined || lower === undefined) return undefined;
  const both = [systolic, diastolic].map((one, index) =>
    withAbnormality(one, defined<Plain>({ quantity: [upper, lower][index] }), at),
  );
  return defined<ReadValue>({
    shown: defined<EvidenceValue>({
      at,
      text: `${short(upper.value)}/${short(lower.value)}`,
      unit: upper.unit,
    }),
    quantity: upper,
    abnormality: worst(both.map((one) => one.abnormality)),
    absent: false,
  });
}

/** Four digits in words, as on the rest of the screen: a pressure has no fifteen decimals. */
function short(value: number | undefined): string {
  if (value === undefined) return '';
  return String(value).length <= 5 ? String(value) : String(Number(value.toPrecision(4)));
}
