import { OWN_CLOCKS, useClocks } from '#src/state/governance/clocks.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useIncidents } from '#src/state/governance/incidents.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useNow } from '#src/state/use-now.ts';
import { Notice } from '#src/ui/notice.tsx';
import { Failed, Frame } from '../frame.tsx';
import classes from '../governance.module.css';
import { failureWords } from '../words.ts';
import { ClocksSection } from './clocks-section.tsx';
import { IncidentCard } from './incident-card.tsx';

/** Safety reports with their clocks: what is open first, then what is closed. */
export function IncidentsScreen() {
  const { clock } = useGovernanceDeps();
  const now = useNow(clock);
  const { data, error } = useIncidents();
  const clocks = useClocks();
  const site = clocks.data ?? OWN_CLOCKS;
  const nameOf = useGovernanceNames(
    data?.flatMap(({ reporter, unit, steps }) => [
      ...[reporter, unit].flatMap((one) => one ?? []),
      ...steps.map(({ by }) => by),
    ]) ?? [],
  );
  const open = data?.filter(({ status }) => status !== 'completed') ?? [];
  const closed = data?.filter(({ status }) => status === 'completed') ?? [];
  return (
    <Frame title="Safety reports">
      {error && <Failed error={error} />}
      {clocks.error && (
        <Notice title="The clocks of this site could not be read" tone="warning">
          <p>Those of the app are shown. {failureWords(clocks.error)}</p>
        </Notice>
      )}
      {!data && !error && <p role="status">Reading the reports …</p>}
      {data && open.length === 0 && (
        <Notice title="No report is open" tone="info">
          <p>Clinicians report from any card, also of a model that is suspended.</p>
        </Notice>
      )}
      <div className={classes.stack}>
        {open.map((one) => (
          <IncidentCard incident={one} key={one.task} nameOf={nameOf} now={now} site={site} />
        ))}
      </div>
      {closed.length > 0 && (
        <details>
          <summary className={classes.summary}>Closed: {closed.length}</summary>
          <div className={classes.stack}>
            {closed.map((one) => (
              <IncidentCard incident={one} key={one.task} nameOf={nameOf} now={now} site={site} />
            ))}
          </div>
        </details>
      )}
      {clocks.data && <ClocksSection here={clocks.data} />}
    </Frame>
  );
}
