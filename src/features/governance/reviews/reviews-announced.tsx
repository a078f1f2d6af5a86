import {
  type ActionCheck,
  ASK_AFTER_HOURS,
  actionCounts,
} from '#src/domain/governance/feedback/attested.ts';
import { useWhatWasSaid } from '#src/state/governance/comments.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useNow } from '#src/state/use-now.ts';
import classes from '../governance.module.css';

/** Actions that clinicians announced instead of the advice, and what they say became of them. */
export function AnnouncedActions({ checks }: { readonly checks: readonly ActionCheck[] }) {
  const { clock } = useGovernanceDeps();
  const now = useNow(clock);
  const { data } = useWhatWasSaid();
  const said = data?.standings.flatMap(({ group }) => group.said) ?? [];
  const { announced, open, outcomes } = actionCounts(said, checks, now);
  return (
    <section aria-labelledby="announced" className={classes.stack}>
      <h2 className={classes.heading} id="announced">
        Announced actions
      </h2>
      <p className={classes.more}>
        “Risk handled another way” is asked about after {ASK_AFTER_HOURS} hours, at the card, of who
        said it. {announced} announced: {outcomes.done} done, {outcomes['not-done']} not done,{' '}
        {outcomes['not-needed']} no longer needed, {open} asked and not answered.
      </p>
    </section>
  );
}
