import type { Confidence, Probability } from '#src/domain/recommendation.ts';
import { AI_TRANSPARENCY } from './codes.ts';
import { conceptText, extensions, quantity } from './datatypes.ts';
import { defined, get, isObject, type Json, line, number, type Problems, problem } from './read.ts';
import type { Author, SourceRules } from './read-context.ts';

type Scale = Probability['scale'];

/** The configured scale of this author's probabilities: a rule that names it, else the `*` rule. */
export function scaleRule(source: SourceRules, author: Author): 'percent' | 'fraction' | undefined {
  const known = [...author.keys, ...author.names];
  const rules = source.probabilityScales;
  return (
    rules.find((rule) => known.includes(rule.source)) ?? rules.find((rule) => rule.source === '*')
  )?.scale;
}

const inScale = (value: number, scale: Scale): number | undefined => {
  if (scale === 'unknown') return undefined;
  return scale === 'percent' ? value / 100 : value;
};

/**
 * A probability as the contract's "Numbers" says: percent 0–100 by R4 invariant ras-2, unless the
 * source is configured otherwise; unset and ≤ 1 is of unknown scale and gives no fraction; out of
 * range gives no fraction and a problem. `sent` is never changed.
 */
export function probability(
  sentValue: unknown,
  rule: 'percent' | 'fraction' | undefined,
  problems: Problems,
  where: string,
): Probability | undefined {
  const sent = number(sentValue);
  if (sent === undefined) {
    if (sentValue !== undefined && sentValue !== null) {
      problems.push(problem('malformed', 'The probability that was sent is not a number.', where));
    }
    return undefined;
  }
  const scale: Scale = rule ?? (sent > 1 || sent < 0 ? 'percent' : 'unknown');
  const fraction = inScale(sent, scale);
  if (fraction !== undefined && (fraction < 0 || fraction > 1)) {
    const limit = scale === 'percent' ? '0 to 100 percent' : '0 to 1';
    problems.push(
      problem(
        'out-of-range',
        `The probability ${sent} is outside ${limit}, so its meaning is unknown.`,
        where,
      ),
    );
    return { sent, scale };
  }
  return defined<Probability>({ sent, scale, fraction });
}

/** Low and high of a Range as fractions 0–1; a unit of `%` or `1` wins over the configured scale. */
export function fractionRange(
  range: unknown,
  rule: 'percent' | 'fraction' | undefined,
  problems: Problems,
  where: string,
):
  | { readonly low?: number; readonly high?: number; readonly scale: Scale; readonly sent: number }
  | undefined {
  const [low, high] = [quantity(get(range, 'low')), quantity(get(range, 'high'))];
  const sent = low?.value ?? high?.value;
  if (sent === undefined) {
    if (range !== undefined && range !== null) {
      problems.push(problem('malformed', 'A range was sent without numbers.', where));
    }
    return undefined;
  }
  const code = low?.code ?? high?.code ?? low?.unit ?? high?.unit;
  const top = Math.max(low?.value ?? 0, high?.value ?? 0);
  const stated: Scale | undefined = code === '%' ? 'percent' : code === '1' ? 'fraction' : rule;
  const scale = stated ?? (top > 1 ? 'percent' : 'unknown');
  const parts = [low, high].map((one) =>
    one === undefined ? undefined : inScale(one.value, scale),
  );
  const [from, to] = parts;
  const bad = parts.some((one) => one !== undefined && (one < 0 || one > 1));
  if (bad || (from !== undefined && to !== undefined && from > to)) {
    problems.push(problem('out-of-range', 'A range was sent whose limits cannot be right.', where));
    return { scale, sent };
  }
  return defined<{ low?: number; high?: number; scale: Scale; sent: number }>({
    low: from,
    high: to,
    scale,
    sent,
  });
}

/**
 * The model's confidence in its output: extension AIconfidence in any of its five types, looked for
 * on each element in turn. Unlike `probability` its decimal is 0–1; a percent needs its unit.
 */
export function confidence(
  elements: readonly unknown[],
  problems: Problems,
): Confidence | undefined {
  for (const element of elements) {
    const [extension, second] = extensions(element, AI_TRANSPARENCY.confidence);
    if (extension === undefined) continue;
    if (second !== undefined) {
      problems.push(
        problem(
          'unsupported',
          'More than one confidence was sent; the first is shown.',
          'AIconfidence',
        ),
      );
    }
    const read = confidenceValue(extension, problems);
    if (read !== undefined) return read;
    problems.push(
      problem('malformed', 'The confidence that was sent cannot be read.', 'AIconfidence'),
    );
  }
  return undefined;
}

function confidenceValue(extension: Json, problems: Problems): Confidence | undefined {
  const decimal = number(get(extension, 'valueDecimal'));
  if (decimal !== undefined) return unit(decimal, String(decimal), problems);
  const amount = quantity(get(extension, 'valueQuantity'));
  if (amount !== undefined) {
    const percent = amount.code === '%' || amount.unit === '%';
    const shown = [amount.comparator, amount.value, amount.unit]
      .filter((one) => one !== undefined)
      .join(' ');
    if (amount.comparator !== undefined) return { text: shown };
    return unit(percent ? amount.value / 100 : amount.value, shown, problems);
  }
  const sentRange = get(extension, 'valueRange');
  if (isObject(sentRange)) {
    const range = fractionRange(sentRange, undefined, problems, 'AIconfidence');
    // A bare range ≤ 1 is read on the extension's own scale, which is 0–1.
    const bare = range?.scale === 'unknown';
    const [low, high] = bare
      ? [quantity(get(sentRange, 'low'))?.value, quantity(get(sentRange, 'high'))?.value]
      : [range?.low, range?.high];
    return low === undefined && high === undefined ? undefined : defined<Confidence>({ low, high });
  }
  const words =
    conceptText(get(extension, 'valueCodeableConcept')) ?? line(get(extension, 'valueString'));
  return words === undefined ? undefined : { text: words };
}

function unit(fraction: number, shown: string, problems: Problems): Confidence {
  if (fraction >= 0 && fraction <= 1) return { fraction };
  problems.push(
    problem(
      'out-of-range',
      `The confidence ${shown} is outside 0 to 1; it is shown as it was sent.`,
      'AIconfidence',
    ),
  );
  return { text: shown };
}
