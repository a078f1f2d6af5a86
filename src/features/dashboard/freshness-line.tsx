import { MOST_RECENT } from '#src/state/dashboard/tail.ts';
import { useDashboard } from './dashboard-context.ts';
import classes from './freshness-line.module.css';
import { countText } from './words.ts';

const TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** What the figures know of, and what they do not; a screen reader hears when it changes. */
export function FreshnessLine() {
  const { freshness, filter } = useDashboard();
  const { asOf, newer, tail } = freshness;
  if (asOf === undefined) return null;
  const base = `Published as of ${TIME.format(asOf)}`;
  return (
    <p className={classes.line} role="status">
      {`${base}; ${since(newer, tail !== undefined)}.`}
      {tail !== undefined && filter.form === 'screen' && ' Outcome and burden are as published.'}
    </p>
  );
}

function since(newer: number | undefined, included: boolean): string {
  if (newer === undefined) return 'the server does not say what it has stored since';
  if (newer === 0) return 'nothing newer on the server';
  if (included)
    return `${newer === 1 ? 'one newer display or answer is' : `${newer} newer displays and answers are`} in these figures`;
  return newer > MOST_RECENT
    ? `${countText(newer)} displays and answers since are not in these figures`
    : 'what is newer is being read';
}
