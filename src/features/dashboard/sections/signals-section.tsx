import type { Signal } from '#src/domain/monitoring/signal.ts';
import { useSignals } from '#src/state/dashboard/use-signals.ts';
import { Skeleton } from '#src/ui/skeleton.tsx';
import { VisuallyHidden } from '#src/ui/visually-hidden.tsx';
import { useDashboard } from '../dashboard-context.ts';
import { Section } from '../section.tsx';
import { SignalCard } from '../signal-card.tsx';
import { Failed } from '../view-gate.tsx';
import classes from './signals-section.module.css';

/** First of all: what somebody should look into, and what was and is over. */
export function SignalsSection() {
  return (
    <Section
      asks="What monitoring has raised in the last half year, whatever the filter shows."
      id="signals"
      title="What needs attention"
    >
      {() => <Signals />}
    </Section>
  );
}

function Signals() {
  const { freshness } = useDashboard();
  const { data, error } = useSignals(freshness.asOf);
  if (error) return <Failed error={error} />;
  if (!data)
    return (
      <div>
        <VisuallyHidden>Loading …</VisuallyHidden>
        <Skeleton height={120} />
      </div>
    );
  const current = data.filter((one) => one.current);
  const past = data.filter((one) => !one.current);
  return (
    <>
      {current.length === 0 ? (
        <p className={classes.calm}>
          Nothing stands out. About one false alarm in two model-years is what monitoring is set to.
        </p>
      ) : (
        <List signals={current} />
      )}
      {past.length > 0 && (
        <details className={classes.past}>
          <summary>Raised earlier and no longer beyond its limit: {past.length}</summary>
          <List signals={past} />
        </details>
      )}
    </>
  );
}

const List = ({ signals }: { readonly signals: readonly Signal[] }) => (
  <ul className={classes.list}>
    {signals.map((signal) => (
      <li key={keyOf(signal)}>
        <SignalCard signal={signal} />
      </li>
    ))}
  </ul>
);

const keyOf = ({ name, model_id, model_version, site, unit, group, reason }: Signal): string =>
  JSON.stringify([name, model_id, model_version, site, unit, group, reason]);
