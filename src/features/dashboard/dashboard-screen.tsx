import { type ReactNode, useMemo } from 'react';
import { useChanges } from '#src/state/dashboard/changes.ts';
import { useRights } from '#src/state/dashboard/decisions.ts';
import { useDashboardDeps } from '#src/state/dashboard/deps.ts';
import { type DashboardFilter, dayText } from '#src/state/dashboard/filter.ts';
import { periodOf } from '#src/state/dashboard/published.ts';
import { useFreshness } from '#src/state/dashboard/use-freshness.ts';
import type { Names } from '#src/state/use-names.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import page from '#src/ui/page.module.css';
import { SyntheticNote } from '#src/ui/synthetic-note.tsx';
import { type Dashboard, DashboardProvider } from './dashboard-context.ts';
import classes from './dashboard-screen.module.css';
import { FilterBar } from './filter-bar.tsx';
import { FreshnessLine } from './freshness-line.tsx';
import { AdoptionSection } from './sections/adoption-section.tsx';
import { BurdenSection } from './sections/burden-section.tsx';
import { ComparisonSection } from './sections/comparison-section.tsx';
import { EquitySection } from './sections/equity-section.tsx';
import { OutcomeSection } from './sections/outcome-section.tsx';
import { ReasonsSection } from './sections/reasons-section.tsx';
import { ResponseTimeSection } from './sections/response-time-section.tsx';
import { SignalsSection } from './sections/signals-section.tsx';
import { VariationSection } from './sections/variation-section.tsx';
import { useMinutesInPrint } from './use-minutes-in-print.ts';
import { useNamesInFigures } from './use-names-in-figures.ts';
import { Failed } from './view-gate.tsx';
import { dayWords, lastKnownDay } from './words.ts';

export interface DashboardScreenProps {
  readonly filter: DashboardFilter;
  readonly onFilter: Dashboard['onFilter'];
  readonly onBehind: NonNullable<Dashboard['onBehind']>;
  /** Opens the page with the change log. */
  readonly onChanges: () => void;
}

/** For a committee and for a Monday morning: what needs attention, then figure by figure. */
export function DashboardScreen(props: DashboardScreenProps) {
  const { config, serverLabel, clock, performer } = useDashboardDeps();
  const filter = useMinutesInPrint(props.filter);
  const freshness = useFreshness(filter);
  const changes = useChanges();
  const rights = useRights();
  const names = useNamesInFigures(filter, freshness.asOf, changes.data);
  const shared = useMemo<Dashboard>(
    () => ({
      filter,
      freshness,
      names,
      changes: changes.data ?? [],
      marks: (changes.data ?? []).flatMap(({ changed_at, model_id }, at) =>
        changed_at === null || (filter.model !== undefined && model_id !== filter.model)
          ? []
          : [{ at: changed_at, number: at + 1 }],
      ),
      onFilter: props.onFilter,
      onBehind: rights.decisions ? props.onBehind : undefined,
    }),
    [filter, freshness, names, changes.data, props.onFilter, props.onBehind, rights.decisions],
  );
  const minutes = filter.form === 'minutes';
  return (
    <DashboardProvider value={shared}>
      <main className={classes.page}>
        <title>Dashboard</title>
        <header className={classes.top}>
          <div className={page.header}>
            <h1 className={page.title}>AI recommendations: what clinicians do with them</h1>
            <p className={classes.where}>
              {config.siteName} · {serverLabel} · {selectionWords(filter, names, freshness.asOf)}
            </p>
            <FreshnessLine />
            {config.synthetic && <SyntheticNote />}
            {minutes && (
              <p className={classes.where}>
                Counts of 1–10 are left out, and whatever would give them away. Made on{' '}
                {dayWords(dayText(clock.now()))} from the published aggregates of {serverLabel}.
              </p>
            )}
          </div>
          <div className={page.actions}>
            <Button onClick={() => props.onFilter({ form: minutes ? undefined : 'minutes' })}>
              {minutes ? 'Back to exact counts' : 'Form for minutes'}
            </Button>
            {minutes && <Button onClick={() => window.print()}>Print or save as PDF</Button>}
            <Button onClick={props.onChanges}>Change log</Button>
            <a className={classes.link} href="?page=export">
              Export
            </a>
            <a className={classes.link} href="?page=governance">
              Governance
            </a>
          </div>
        </header>
        <FilterBar now={clock.now()} />
        <Body freshness={freshness}>
          <SignalsSection />
          <AdoptionSection />
          <ReasonsSection />
          <ResponseTimeSection />
          <BurdenSection />
          <VariationSection own={performer} />
          <EquitySection />
          <OutcomeSection />
          <ComparisonSection />
        </Body>
      </main>
    </DashboardProvider>
  );
}

/** Without published counts there is nothing to draw: then only what to do about that. */
function Body({
  freshness,
  children,
}: {
  readonly freshness: Dashboard['freshness'];
  readonly children: ReactNode;
}) {
  if (freshness.error && freshness.asOf === undefined) return <Failed error={freshness.error} />;
  if (!freshness.loading && freshness.asOf === undefined)
    return (
      <Notice title="Nothing is published for these weeks" tone="info">
        <p>
          Choose other weeks, or have informatics run{' '}
          <code>clinician-feedback metrics --from URL --publish URL</code> against this server, by
          night or by hour.
        </p>
      </Notice>
    );
  return children;
}

function selectionWords(
  { model, site, unit, ...period }: DashboardFilter,
  names: Names,
  asOf: number | undefined,
): string {
  const { from, until } = periodOf(period);
  const chosen = [
    model === undefined ? undefined : names.modelApart(model),
    site,
    unit === undefined ? undefined : names.unit(unit),
  ].filter((one) => one !== undefined);
  const what = chosen.length === 0 ? 'all models, sites and units' : chosen.join(', ');
  return `${what} · ${dayWords(from)} – ${dayWords(lastKnownDay(until, asOf))}`;
}
