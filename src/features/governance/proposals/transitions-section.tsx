import { useState } from 'react';
import { movesFromAny, peopleNeeded } from '#src/domain/governance/lifecycle/lifecycle.ts';
import type { StandingCode } from '#src/domain/governance/model-state.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';
import { useTransitions } from '#src/state/governance/transitions.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { Failed } from '../frame.tsx';
import classes from '../governance.module.css';
import { EnterForm } from '../models/enter-form.tsx';
import { whoMayWords } from '../words.ts';
import { ProposeForm } from './propose-form.tsx';
import { TransitionCard } from './transition-card.tsx';

export interface TransitionsSectionProps {
  readonly version: RegisteredVersion;
  /** What holds at its places: first at every one that no record names. */
  readonly from: readonly StandingCode[];
}

/** Proposals about one version: those that wait, and what became of the others. */
export function TransitionsSection({ version, from }: TransitionsSectionProps) {
  const { data, error } = useTransitions();
  const { may } = useRights();
  const [proposing, setProposing] = useState(false);
  const [lost, setLost] = useState('');
  const own = data?.filter(({ device }) => device === version.device) ?? [];
  const waiting = own.filter(({ status }) => status === 'requested' || status === 'approved');
  const past = own.filter((one) => !waiting.includes(one));
  const nameOf = useGovernanceNames(
    own.flatMap(({ proposedBy, decidedBy, scope }) => [
      ...scope.units,
      ...[proposedBy, decidedBy].flatMap((one) => one || []),
    ]),
  );
  const canMove = movesFromAny(from).some((to) => peopleNeeded(to) === 2);
  return (
    <section aria-labelledby="proposals" className={classes.stack}>
      <h2 className={classes.heading} id="proposals">
        Proposals
      </h2>
      {error && <Failed error={error} />}
      {lost !== '' && (
        <Notice alert title="Not decided by you" tone="warning">
          <p>{lost}</p>
        </Notice>
      )}
      {data && waiting.length === 0 && (
        <p className={classes.more}>No proposal waits for a decision.</p>
      )}
      {waiting.map((one) => (
        <TransitionCard key={one.task} nameOf={nameOf} onLost={setLost} transition={one} />
      ))}
      {from[0] === 'unknown' && may('propose') && <EnterForm version={version} />}
      {canMove && may('propose') && !proposing && (
        <div className={classes.line}>
          <Button onClick={() => setProposing(true)}>Propose a change</Button>
        </div>
      )}
      {canMove && !may('propose') && (
        <p className={classes.more}>A change can be proposed by {whoMayWords('propose')}.</p>
      )}
      {proposing && (
        <ProposeForm from={from} onClose={() => setProposing(false)} version={version} />
      )}
      {past.length > 0 && (
        <details>
          <summary className={classes.summary}>Decided: {past.length}</summary>
          <div className={classes.stack}>
            {past.map((one) => (
              <TransitionCard key={one.task} nameOf={nameOf} transition={one} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}
