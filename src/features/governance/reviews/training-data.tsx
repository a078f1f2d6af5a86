import { useRef, useState } from 'react';
import { pastQuarters } from '#src/domain/governance/feedback/training-data.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useRegistry } from '#src/state/governance/registry.ts';
import { useAskForData, useDataRequests } from '#src/state/governance/training-data.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { Select } from '#src/ui/select.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import { Failed } from '../frame.tsx';
import classes from '../governance.module.css';
import { failureWords, versionName } from '../words.ts';
import { DataRequestCard } from './training-data-card.tsx';

/** Who asked for labelled data of which quarter, who approved it, and which export it was. */
export function TrainingData() {
  const { data, error } = useDataRequests();
  const { data: registry } = useRegistry();
  const { may } = useRights();
  const nameOf = useGovernanceNames(
    data?.flatMap(({ by, decidedBy }) => [by, ...(decidedBy ? [decidedBy] : [])]) ?? [],
  );
  const modelOf = (device: string): string => {
    const version = registry?.versions.find((one) => one.device === device);
    return version ? versionName(version.model) : device;
  };
  return (
    <section aria-labelledby="data" className={classes.stack}>
      <h2 className={classes.heading} id="data">
        Labelled data for training anew
      </h2>
      {error && <Failed error={error} />}
      {data?.length === 0 && <p className={classes.more}>Nobody has asked for any.</p>}
      {data?.map((one) => (
        <DataRequestCard
          key={one.task}
          nameOf={nameOf}
          request={one}
          title={`${modelOf(one.device)}, ${one.quarter}`}
        />
      ))}
      {may('ask-for-data') && <Ask />}
    </section>
  );
}

const QUARTERS = 8;

function Ask() {
  const { clock, newId, timestamp } = useGovernanceDeps();
  const { data } = useRegistry();
  const [device, setDevice] = useState('');
  const [quarter, setQuarter] = useState('');
  const [purpose, setPurpose] = useState('');
  const ask = useAskForData();
  const act = useRef<Parameters<typeof ask.mutate>[0]>(undefined);
  const ready = device !== '' && quarter !== '' && purpose.trim() !== '';
  const send = () => {
    const said = { device, quarter, purpose: purpose.trim() };
    const same =
      act.current?.device === device &&
      act.current.quarter === quarter &&
      act.current.purpose === said.purpose;
    if (!same || !act.current) act.current = { id: newId(), at: timestamp(), ...said };
    ask.mutate(act.current, { onSuccess: () => setPurpose('') });
  };
  return (
    <>
      <div className={classes.fields}>
        <Select
          label="Data of the model"
          onChoose={setDevice}
          options={[
            ['', 'Choose'],
            ...(data?.versions ?? []).map((one) => [one.device, versionName(one.model)] as const),
          ]}
          value={device}
        />
        <Select
          label="Quarter"
          onChoose={setQuarter}
          options={[
            ['', 'Choose'],
            ...pastQuarters(clock.now(), QUARTERS).map((one) => [one, one] as const),
          ]}
          value={quarter}
        />
      </div>
      <TextBox label="What for" onChange={setPurpose} value={purpose} />
      <div className={classes.line}>
        <Button disabled={!ready || ask.isPending} onClick={send}>
          Ask for data
        </Button>
        {ask.error && <p role="alert">{failureWords(ask.error)}</p>}
      </div>
    </>
  );
}
