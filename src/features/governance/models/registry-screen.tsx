import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useRegistry } from '#src/state/governance/registry.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useNow } from '#src/state/use-now.ts';
import { Notice } from '#src/ui/notice.tsx';
import { Failed, Frame } from '../frame.tsx';
import classes from '../governance.module.css';
import { UnregisteredSection } from './unregistered-section.tsx';
import { VersionRow } from './version-row.tsx';

/** Every model version on the server: what holds where, who answers for it, and what is missing. */
export function RegistryScreen() {
  const { clock } = useGovernanceDeps();
  const now = useNow(clock);
  const { data, error } = useRegistry();
  const records = data?.versions.flatMap((one) => one.records) ?? [];
  const nameOf = useGovernanceNames(
    records.flatMap(({ by, units }) => [...units, ...(by ? [by] : [])]),
  );
  return (
    <Frame title="AI models and their approval">
      {error && <Failed error={error} />}
      {!data && !error && <p role="status">Reading the registry …</p>}
      {data?.truncated && (
        <Notice title="The registry has more than is shown" tone="warning">
          <p>Only the newest records were read. Do not take an absence here for a fact.</p>
        </Notice>
      )}
      {data?.versions.length === 0 && (
        <Notice title="No AI model is registered on this server" tone="info">
          <p>
            A model version is a Device of type Artificial-Intelligence, or one that the site lists
            in aiDevices.
          </p>
        </Notice>
      )}
      <div className={classes.stack}>
        {data?.versions.map((version) => (
          <VersionRow key={version.device} nameOf={nameOf} now={now} version={version} />
        ))}
      </div>
      <UnregisteredSection now={now} />
    </Frame>
  );
}
