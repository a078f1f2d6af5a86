import { useState } from 'react';
import { standingPlaces } from '#src/domain/governance/standing-places.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import classes from '../governance.module.css';
import { useNavigation } from '../navigation.ts';
import { timeWords, versionName } from '../words.ts';
import { missingOf } from './missing.ts';
import { StandingLines } from './standing-lines.tsx';
import { StateBadge } from './state-badge.tsx';
import { SuspendForm } from './suspend-form.tsx';

export interface VersionRowProps {
  readonly version: RegisteredVersion;
  readonly nameOf: NameOf;
  readonly now: number;
  /** False on the version’s own page. */
  readonly opens?: boolean;
}

const STOPPED = new Set(['suspended', 'retired']);

/** One model version in the registry. */
export function VersionRow({ version, nameOf, now, opens = true }: VersionRowProps) {
  const { model, records, device, riskTier } = version;
  const { toModel } = useNavigation();
  const { may } = useRights();
  const [suspending, setSuspending] = useState(false);
  const places = standingPlaces(records, now);
  const [{ standing }] = places;
  const name = versionName(model);
  const missing = missingOf(version);
  return (
    <article aria-label={name} className={classes.card}>
      <header className={classes.top}>
        <h2 className={classes.name}>{name}</h2>
        <StateBadge state={standing.code} />
      </header>
      <StandingLines nameOf={nameOf} places={places} />
      <dl className={classes.facts}>
        <Fact name="Owner" value={model.owner} />
        <Fact name="Approval ends" value={timeWords(standing.record?.until)} />
        <Fact name="Risk" value={riskTier} />
        <Fact name="Goes back to" value={standing.record?.rollbackVersion} />
      </dl>
      {missing.length > 0 && <p className={classes.more}>Missing: {missing.join('; ')}.</p>}
      <div className={classes.line}>
        {opens && <Button onClick={() => toModel(device)}>Open {name}</Button>}
        {may('suspend') && !suspending && places.some((one) => !STOPPED.has(one.standing.code)) && (
          <Button onClick={() => setSuspending(true)} tone="danger">
            Suspend {name}
          </Button>
        )}
      </div>
      {suspending && (
        <SuspendForm from={standing.code} onClose={() => setSuspending(false)} version={version} />
      )}
    </article>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === undefined || value === '' ? 'not said' : value}</dd>
    </div>
  );
}
