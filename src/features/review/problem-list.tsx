import type { Problem } from '#src/domain/problem.ts';
import { clipText, plural } from '#src/ui/format/text.ts';
import classes from './problem-list.module.css';

/** What is missing or wrong in what we were given; the first in plain sight, the rest counted. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const messages = [...new Set(problems.map(({ message }) => clipText(message, 300)))];
  const [first, ...rest] = messages;
  if (first === undefined) return null;
  return (
    <section className={classes.problems}>
      <h3 className={classes.heading}>Not complete</h3>
      <p>{first}</p>
      {rest.length > 0 ? (
        <details>
          <summary>{plural(rest.length, 'more problem')}</summary>
          <ul>
            {rest.slice(0, 50).map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
