import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useUnregistered } from '#src/state/governance/unregistered.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { Notice } from '#src/ui/notice.tsx';
import classes from '../governance.module.css';
import { failureWords } from '../words.ts';
import { VersionRow } from './version-row.tsx';

/** Models that only the EHR has, where the registry is another server: they can be stopped, and no more. */
export function UnregisteredSection({ now }: { readonly now: number }) {
  const { issuer, chart, serverLabel } = useGovernanceDeps();
  const { data, error } = useUnregistered();
  const people = data?.flatMap((one) =>
    one.records.flatMap(({ by, units }) => [...units, ...(by ? [by] : [])]),
  );
  const nameOf = useGovernanceNames(people ?? []);
  if (issuer.store === undefined) return null;
  if (!chart)
    return (
      <p className={classes.more}>
        Models that only {issuer.label} has are not listed: this sign-in is to {serverLabel} alone.
      </p>
    );
  if (error)
    return (
      <Notice title={`The models of ${issuer.label} could not be read`} tone="warning">
        <p>One that is not registered here would not be listed. {failureWords(error)}</p>
      </Notice>
    );
  if (!data || data.length === 0) return null;
  return (
    <section aria-labelledby="unregistered" className={classes.stack}>
      <h2 className={classes.heading} id="unregistered">
        Not registered: only in {issuer.label}
      </h2>
      <p className={classes.more}>
        A Device with the same identifier and version on {serverLabel} registers it. Until then it
        can be suspended, and nothing else can be decided about it here.
      </p>
      {data.map((one) => (
        <VersionRow key={one.device} nameOf={nameOf} now={now} opens={false} version={one} />
      ))}
    </section>
  );
}
