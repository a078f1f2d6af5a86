import type { Coding } from '../coding.ts';
import { AI_REASONS, NON_ADHERENCE_REASONS, ownerOf } from '../reasons.ts';
import type { DecisionRow } from './decisions.ts';

const CATEGORY: ReadonlyMap<string, string> = new Map([
  ...NON_ADHERENCE_REASONS.flatMap((category) =>
    [category, ...category.reasons].map(({ code }) => [code, category.code] as const),
  ),
  ...AI_REASONS.map(({ code }) => [code, 'ai'] as const),
]);

type ReasonCells = Pick<
  DecisionRow,
  | 'reason_system'
  | 'reason_code'
  | 'reason_display'
  | 'reason_category'
  | 'reason_owner'
  | 'all_reasons'
>;

const orNull = (text: string | undefined): string | null => text || null;

/** The reasons of one answer; the first is primary. A reason in words only has no code and no owner. */
export function reasonCells(reasons: readonly Coding[]): ReasonCells {
  const [primary] = reasons;
  const code = orNull(primary?.code);
  const codes = reasons.map((one) => one.code).filter((one) => one !== '');
  return {
    reason_system: orNull(primary?.system),
    reason_code: code,
    reason_display: orNull(primary?.display),
    reason_category: code === null ? null : (CATEGORY.get(code) ?? null),
    reason_owner: code === null ? null : ownerOf(code),
    all_reasons: orNull(codes.join(' ')),
  };
}
