import type { CommentStanding } from '#src/domain/governance/feedback/comments.ts';
import { useRegistry } from '#src/state/governance/registry.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Badge } from '#src/ui/badge.tsx';
import classes from '../governance.module.css';
import { timeWords, versionName } from '../words.ts';
import { CommentAnswerForm } from './comment-answer-form.tsx';
import { OUTCOME_WORDS, reasonWords, routeWords, times } from './comment-words.ts';

/** What is shown before somebody asks for the rest. */
const SHOWN = 5;

/** One reason about one model version: how often, in whose words, and what was answered. */
export function CommentGroupCard({ standing }: { readonly standing: CommentStanding }) {
  const { group, open, answers } = standing;
  const { may } = useRights();
  const { data: registry } = useRegistry();
  const nameOf = useGovernanceNames(answers.flatMap(({ by }) => by ?? []));
  const known = registry?.versions.find(
    ({ model }) => model.identifier?.value === group.model && model.version === group.version,
  );
  const about = known
    ? versionName(known.model)
    : [group.model ?? 'model not named', group.version].filter(Boolean).join(' ');
  const title = `${reasonWords(group.reason)}: ${about}`;
  const words = group.said.filter(({ answer }) => answer.comment !== undefined);
  const quoted = (some: typeof words) => (
    <ul className={classes.list}>
      {some.map(({ answer }) => (
        <li key={answer.id}>
          “{answer.comment}” <span className={classes.more}>{timeWords(answer.answeredAt)}</span>
        </li>
      ))}
    </ul>
  );
  return (
    <article aria-label={title} className={classes.card}>
      <header className={classes.top}>
        <h2 className={classes.name}>{title}</h2>
        <Badge tone={open.length > 0 ? 'warn' : 'plain'}>
          {open.length > 0 ? `${open.length} of ${group.said.length} to answer` : 'Answered'}
        </Badge>
      </header>
      <p className={classes.more}>
        {routeWords(group.route)}. Given {times(group.said.length)}, with words{' '}
        {times(words.length)}.
      </p>
      {words.length > 0 && quoted(words.slice(0, SHOWN))}
      {words.length > SHOWN && (
        <details>
          <summary className={classes.summary}>{words.length - SHOWN} more</summary>
          {quoted(words.slice(SHOWN))}
        </details>
      )}
      {answers.map((one) => (
        <p className={classes.prose} key={one.id}>
          <strong>{OUTCOME_WORDS[one.outcome]}:</strong> {one.words}{' '}
          <span className={classes.more}>
            {[one.by === undefined ? '' : nameOf(one.by), timeWords(one.at)]
              .filter(Boolean)
              .join(', ')}
            , to {one.about.length}
          </span>
        </p>
      ))}
      {may('answer-comment') && open.length > 0 && (
        <CommentAnswerForm device={known?.device} standing={standing} title={title} />
      )}
    </article>
  );
}
