import type { SamplingPlan } from '#src/domain/governance/feedback/sampling.ts';
import {
  estimateOf,
  type GivenReview,
  progressOf,
} from '#src/domain/governance/feedback/second-reader.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import { ABSENCE_WORDS, numberText } from '#src/domain/metrics/figure-text.ts';
import { TwinTable } from '#src/ui/twin-table.tsx';
import { stratumWords } from '../comments/comment-words.ts';
import classes from '../governance.module.css';

export interface ReviewPlanCardProps {
  readonly plan: SamplingPlan;
  readonly given: readonly GivenReview[];
}

/** One sample: what was drawn of what, how far it is, and what it says of all overrides. */
export function ReviewPlanCard({ plan, given }: ReviewPlanCardProps) {
  const { drawn, once, twice } = progressOf(plan, given);
  return (
    <article aria-label={plan.title} className={classes.card}>
      <h3 className={classes.name}>{plan.title}</h3>
      <p className={classes.more}>
        {drawn} drawn; {once} judged once or more, {twice} by two. The weights hold when all are
        judged.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
      <section aria-label={`Strata of ${plan.title}`} className={classes.wide} tabIndex={0}>
        <TwinTable
          heads={['Stratum', 'Overrides', 'Drawn']}
          name={`Strata: ${plan.title}`}
          rows={plan.strata.map(({ stratum, population, drawn: taken }) => ({
            key: stratum,
            cells: [stratumWords(stratum), String(population), String(taken)],
          }))}
        />
      </section>
      <ul aria-label="What it says" className={classes.list}>
        {estimateOf(plan, given).map((one) => (
          <li key={one.name}>
            {one.name}: {figureWords(one)}
          </li>
        ))}
      </ul>
    </article>
  );
}

function figureWords(figure: Figure): string {
  const { value, interval, absence } = figure;
  if (value === undefined) return absence ? ABSENCE_WORDS[absence] : 'unknown';
  const said = numberText(figure, value);
  return interval
    ? `${said} (${numberText(figure, interval.low)} to ${numberText(figure, interval.high)})`
    : said;
}
