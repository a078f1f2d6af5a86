import type { CardAnswer } from '#src/state/review-model.ts';

/**
 * Answers that claim the same place: two current ones of one clinician, or two that each replaced
 * the same earlier answer. Colleagues who simply differ are no conflict.
 */
export function conflictingHeads(answers: readonly CardAnswer[]): readonly CardAnswer[] {
  const heads = answers.filter(
    ({ current, retracted, answer }) => current && !retracted && answer.response !== 'withdrawn',
  );
  return heads.filter((head) =>
    heads.some((other) => {
      if (other === head) return false;
      const samePerson = head.answer.performer.reference === other.answer.performer.reference;
      const replaced = head.answer.replaces?.id;
      return samePerson || (replaced !== undefined && replaced === other.answer.replaces?.id);
    }),
  );
}
