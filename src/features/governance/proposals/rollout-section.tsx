import { useState } from 'react';
import { gateFor } from '#src/domain/governance/lifecycle/gates.ts';
import type { RolloutStep } from '#src/domain/governance/lifecycle/rollout.ts';
import { type StoredPlan, usePlan, useWritePlan } from '#src/state/governance/rollout.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { usePlaces } from '#src/state/governance/use-places.ts';
import { Button } from '#src/ui/button.tsx';
import { Field } from '#src/ui/field.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { Select } from '#src/ui/select.tsx';
import { TwinTable } from '#src/ui/twin-table.tsx';
import { Failed } from '../frame.tsx';
import classes from '../governance.module.css';
import { failureWords, timeWords } from '../words.ts';
import { GATE_WORDS } from './gate-words.ts';

/** Which unit a version comes to when, and what must hold before. */
export function RolloutSection({ device }: { readonly device: string }) {
  const { data, error } = usePlan(device);
  const { may } = useRights();
  const steps = data?.plan.steps ?? [];
  const nameOf = useGovernanceNames(steps.map(({ unit }) => unit));
  return (
    <section aria-labelledby="rollout" className={classes.stack}>
      <h2 className={classes.heading} id="rollout">
        Rollout plan
      </h2>
      {error && <Failed error={error} />}
      {data !== undefined && steps.length === 0 && (
        <p className={classes.more}>No unit is planned. A plan approves nothing by itself.</p>
      )}
      {steps.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
        <section aria-label="Planned units" className={classes.wide} tabIndex={0}>
          <TwinTable
            heads={['Unit', 'Not before', 'What must hold', 'On a breach']}
            name="Rollout by unit"
            rows={steps.map((step) => ({
              key: step.unit,
              cells: [
                nameOf(step.unit),
                timeWords(step.from),
                step.entry.map((item) => GATE_WORDS[item]).join('; '),
                step.stopOnBreach ? 'Stops there' : 'Goes on until somebody decides',
              ],
            }))}
            words
          />
        </section>
      )}
      {data !== undefined && may('plan-rollout') && <AddStep device={device} stored={data} />}
    </section>
  );
}

interface AddStepProps {
  readonly device: string;
  readonly stored: StoredPlan | null;
}

/** One unit with its day; a unit that is planned already gets the new day. */
function AddStep({ device, stored }: AddStepProps) {
  const { data: places } = usePlaces(true);
  const nameOf = useGovernanceNames(places?.units ?? []);
  const [unit, setUnit] = useState('');
  const [from, setFrom] = useState('');
  const [stop, setStop] = useState(true);
  const write = useWritePlan(device);
  const put = (steps: readonly RolloutStep[]) =>
    write.mutate({ plan: { device, steps }, before: stored }, { onSuccess: () => setUnit('') });
  const others = (stored?.plan.steps ?? []).filter((one) => one.unit !== unit);
  const planned = others.length < (stored?.plan.steps.length ?? 0);
  return (
    <>
      <div className={classes.fields}>
        <Select
          label="Unit"
          onChoose={setUnit}
          options={[
            ['', 'Choose'],
            ...(places?.units ?? []).map((one) => [one, nameOf(one)] as const),
          ]}
          value={unit}
        />
        <Field label="Not before" onType={setFrom} type="date" value={from} />
        <label className={classes.tick}>
          <input
            checked={stop}
            onChange={({ target }) => setStop(target.checked)}
            type="checkbox"
          />
          Stop there on a breach
        </label>
      </div>
      <div className={classes.line}>
        <Button
          disabled={unit === '' || from === '' || write.isPending}
          onClick={() =>
            put(
              [
                ...others,
                {
                  unit,
                  from,
                  entry: gateFor('active').filter((one) => one !== 'rollout-plan'),
                  stopOnBreach: stop,
                },
              ].toSorted((a, b) => (a.from < b.from ? -1 : 1)),
            )
          }
        >
          Put on the plan
        </Button>
        {planned && (
          <Button disabled={write.isPending} onClick={() => put(others)}>
            Take off the plan
          </Button>
        )}
      </div>
      {write.error && (
        <Notice alert title="The plan is not changed" tone="error">
          <p>{failureWords(write.error)}</p>
        </Notice>
      )}
    </>
  );
}
