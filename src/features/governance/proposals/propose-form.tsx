import { useState } from 'react';
import { gateResults } from '#src/domain/governance/lifecycle/gate-findings.ts';
import { type GateItem, gateFor } from '#src/domain/governance/lifecycle/gates.ts';
import {
  isVisible,
  movesFromAny,
  originOf,
  peopleNeeded,
} from '#src/domain/governance/lifecycle/lifecycle.ts';
import { proposalProblems } from '#src/domain/governance/lifecycle/transition.ts';
import type { StandingCode } from '#src/domain/governance/model-state.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useGateFacts } from '#src/state/governance/gates.ts';
import { type RegisteredVersion, useRegistry } from '#src/state/governance/registry.ts';
import { usePropose } from '#src/state/governance/transitions.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { usePlaces } from '#src/state/governance/use-places.ts';
import { Button } from '#src/ui/button.tsx';
import { Field } from '#src/ui/field.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { Select } from '#src/ui/select.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { failureWords, stateWords } from '../words.ts';
import { GateList } from './gate-list.tsx';
import { emptyDraft, linesOf, NO_ROLLBACK, proposalOf } from './proposal-draft.ts';
import { ScopeFields } from './scope-fields.tsx';

export interface ProposeFormProps {
  readonly version: RegisteredVersion;
  /** What holds at its places: first at every one that no record names. */
  readonly from: readonly StandingCode[];
  readonly onClose: () => void;
}

/** Where to, where, until when, why, on what evidence, and what the gate finds. */
export function ProposeForm({ version, from, onClose }: ProposeFormProps) {
  const { newId, timestamp, clock, person } = useGovernanceDeps();
  const moves = movesFromAny(from).filter((to) => peopleNeeded(to) === 2);
  const [draft, setDraft] = useState(() => emptyDraft(moves[0] ?? 'retired', newId(), timestamp()));
  const [words, setWords] = useState<Readonly<Partial<Record<GateItem, string>>>>({});
  const propose = usePropose();
  const { data: places } = usePlaces(true);
  const nameOf = useGovernanceNames(places?.units ?? []);
  const clinicians = linesOf(draft.clinicians);
  const facts = useGateFacts(version, clinicians, gateFor(draft.to).length > 0);
  const results = facts.data
    ? gateResults(gateFor(draft.to), { ...facts.data, units: draft.scope.units }, clock.now())
    : [];
  const others = useRegistry().data?.versions.filter(
    ({ model, device }) => model.name === version.model.name && device !== version.device,
  );
  const sent = !propose.isIdle;
  const proposal = proposalOf(draft, {
    version,
    from: originOf(from, draft.to),
    results,
    words,
    by: person.reference ?? '',
  });
  const problems = proposalProblems(proposal, clock.now());
  const put = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  return (
    <section aria-label="Propose a change" className={classes.card}>
      <h3 className={classes.name}>Propose a change</h3>
      <FieldGroup className={classes.fields} disabled={sent}>
        <Select
          label="To"
          onChoose={(to) => put({ to: moves.find((one) => one === to) ?? draft.to })}
          options={moves.map((one) => [one, stateWords(one)])}
          value={draft.to}
        />
        <Field
          label="Approval ends on"
          onType={(until) => put({ until })}
          type="date"
          value={draft.until}
        />
        {isVisible(draft.to) && (
          <Select
            label="Version to go back to"
            onChoose={(rollback) => put({ rollback })}
            options={[
              ['', 'Choose'],
              ...(others ?? []).map(
                ({ model }) => [model.version ?? '', model.version ?? ''] as const,
              ),
              [NO_ROLLBACK, 'None: the advice goes away'],
            ]}
            value={draft.rollback}
          />
        )}
      </FieldGroup>
      <ScopeFields
        disabled={sent}
        nameOf={nameOf}
        onChange={(scope) => put({ scope })}
        places={places}
        scope={draft.scope}
      />
      <FieldGroup className={classes.stack} disabled={sent}>
        {draft.to === 'pilot' && (
          <TextBox
            hint="Practitioner/123"
            label="Only these clinicians (one reference on a line)"
            onChange={(typed) => put({ clinicians: typed })}
            value={draft.clinicians}
          />
        )}
        {draft.to === 'restricted' && (
          <TextBox
            label="What the banner tells clinicians"
            maxLength={300}
            onChange={(restriction) => put({ restriction })}
            value={draft.restriction}
          />
        )}
        <TextBox label="Reason" onChange={(reason) => put({ reason })} value={draft.reason} />
        <TextBox
          hint="Address of a saved dashboard view, or DocumentReference/…"
          label="Evidence (one on a line)"
          onChange={(evidence) => put({ evidence })}
          value={draft.evidence}
        />
        {facts.isLoading && <p role="status">Looking at the data …</p>}
        {facts.error && <p role="alert">{failureWords(facts.error)}</p>}
        <GateList
          onWords={(item, said) => setWords({ ...words, [item]: said })}
          results={results}
          words={words}
        />
      </FieldGroup>
      {problems.length > 0 && <p className={classes.more}>Still missing: {problems.join(' ')}</p>}
      {propose.error && (
        <Notice alert title="The proposal is not known to be on record" tone="error">
          <p>{failureWords(propose.error)}</p>
        </Notice>
      )}
      <div className={classes.line}>
        <Button
          disabled={
            problems.length > 0 ||
            propose.isPending ||
            (facts.data === undefined && gateFor(draft.to).length > 0)
          }
          onClick={() => propose.mutate(proposal, { onSuccess: onClose })}
        >
          {propose.isError ? 'Send again' : 'Propose'}
        </Button>
        <Button disabled={propose.isPending} onClick={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  );
}
