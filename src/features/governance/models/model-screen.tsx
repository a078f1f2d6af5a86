import { standingPlaces } from '#src/domain/governance/standing-places.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { type RegisteredVersion, useRegistry } from '#src/state/governance/registry.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useNow } from '#src/state/use-now.ts';
import { Notice } from '#src/ui/notice.tsx';
import { Failed, Frame } from '../frame.tsx';
import classes from '../governance.module.css';
import { IncidentsSection } from '../incidents/incidents-section.tsx';
import { RolloutSection } from '../proposals/rollout-section.tsx';
import { TransitionsSection } from '../proposals/transitions-section.tsx';
import { versionName } from '../words.ts';
import { CardSection } from './card-section.tsx';
import { HistorySection } from './history-section.tsx';
import { RecallSection } from './recall-section.tsx';
import { VersionRow } from './version-row.tsx';

export interface ModelScreenProps {
  /** "Device/id". */
  readonly device: string;
}

/** One model version: what holds, how it came to that, what its card says. */
export function ModelScreen({ device }: ModelScreenProps) {
  const { data, error } = useRegistry();
  const version = data?.versions.find((one) => one.device === device);
  return (
    <Frame title={version ? versionName(version.model) : 'AI model'}>
      {error && <Failed error={error} />}
      {!data && !error && <p role="status">Reading the registry …</p>}
      {data && !version && (
        <Notice title="This model is not on this server" tone="warning">
          <p>It may have been removed, or the address is of another server.</p>
        </Notice>
      )}
      {version && <Version version={version} />}
    </Frame>
  );
}

function Version({ version }: { readonly version: RegisteredVersion }) {
  const { clock } = useGovernanceDeps();
  const now = useNow(clock);
  const people = version.records.flatMap(({ by, units }) => [...units, ...(by ? [by] : [])]);
  const nameOf = useGovernanceNames(people);
  const standing = standingPlaces(version.records, now).map((one) => one.standing.code);
  return (
    <div className={classes.stack}>
      <VersionRow nameOf={nameOf} now={now} opens={false} version={version} />
      <TransitionsSection from={standing} version={version} />
      <HistorySection nameOf={nameOf} records={version.records} />
      <IncidentsSection version={version} />
      <RolloutSection device={version.device} />
      <RecallSection version={version} />
      <CardSection version={version} />
    </div>
  );
}
