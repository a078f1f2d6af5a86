import { SAFE_HARBOR } from '#src/domain/privacy/safe-harbor.ts';

/** How each of the 18 is met, and what no program can judge. */
export const safeHarborText = (): string => `# Safe Harbor

45 CFR 164.514(b)(2)(i), of the individual and of relatives, employers and household members. Nothing is
searched for identifiers and cut out: what is on no list does not pass.

| | identifier | how it is met |
| --- | --- | --- |
${SAFE_HARBOR.map(({ letter, what, how }) => `| ${letter} | ${what} | ${how} |`).join('\n')}

Left to whoever signs:

- **Actual knowledge** (b)(2)(ii): a patient whom the newspapers wrote about can be found by a story, not by an identifier.
- **Lists.** Words that the site states in its settings and configuration pass as they stand: names of models, outcomes and kinds. Read them before you sign.
- **Public events.** Who knows the day on which a version went live, and finds a patient with answers before and after it, knows about when that was.
- **Numbers.** Scores, times from zero and counts are exact. Who has the hospital's own records can find them there.
- **Clinicians** are no item of this list. They have a random name and a role all the same.
`;
