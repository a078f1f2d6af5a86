import { useRef, useState } from 'react';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useRegistry } from '#src/state/governance/registry.ts';
import { useDrawReviews } from '#src/state/governance/reviews.ts';
import { Button } from '#src/ui/button.tsx';
import { Field } from '#src/ui/field.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { Select } from '#src/ui/select.tsx';
import classes from '../governance.module.css';
import { failureWords, versionName } from '../words.ts';

const SHARES = [
  ['0.05', '5 %'],
  ['0.1', '10 %'],
  ['0.25', '25 %'],
  ['0.5', '50 %'],
  ['1', 'All'],
] as const;

/** Draws a sample of the overrides of one version and period. */
export function ReviewDrawForm() {
  const { newId } = useGovernanceDeps();
  const { data } = useRegistry();
  const [device, setDevice] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [share, setShare] = useState('0.1');
  const draw = useDrawReviews();
  // One seed for one form: sent again, the same sample is on record.
  const id = useRef<string>(undefined);
  const versions = data?.versions.filter(({ model }) => model.identifier !== undefined) ?? [];
  const version = versions.find((one) => one.device === device);
  const ready = version?.model.identifier !== undefined && from !== '' && until !== '';
  const send = () => {
    if (!version?.model.identifier) return;
    id.current ??= newId();
    const { model } = version;
    draw.mutate(
      {
        ...{ id: id.current, device, from, until, share: Number(share) },
        model: version.model.identifier.value,
        version: model.version,
        name: versionName(model),
      },
      {
        onSuccess: () => {
          id.current = undefined;
        },
      },
    );
  };
  return (
    <section aria-labelledby="draw" className={classes.stack}>
      <h2 className={classes.heading} id="draw">
        Draw a sample
      </h2>
      <div className={classes.fields}>
        <Select
          label="Model"
          onChoose={setDevice}
          options={[
            ['', 'Choose'],
            ...versions.map((one) => [one.device, versionName(one.model)] as const),
          ]}
          value={device}
        />
        <Field label="First day" onType={setFrom} type="date" value={from} />
        <Field label="Last day" onType={setUntil} type="date" value={until} />
        <Select label="Share of each stratum" onChoose={setShare} options={SHARES} value={share} />
      </div>
      <div className={classes.line}>
        <Button disabled={!ready || draw.isPending} onClick={send}>
          Draw
        </Button>
      </div>
      {draw.error && (
        <Notice alert title="Nothing was drawn" tone="error">
          <p>{failureWords(draw.error)}</p>
        </Notice>
      )}
    </section>
  );
}
