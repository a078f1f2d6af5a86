import { type SubmitEvent, useCallback, useState } from 'react';
import { changeFaults, type FaultRequest } from '../api.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './sandbox-tools.module.css';

/** Lets the server fail on purpose, so that a developer sees what the app does about it. */
export function FaultTools() {
  const { faultKinds } = useSession().sandbox;
  const [active, reload] = useLoad(useCallback(() => changeFaults('list'), []));
  const [kind, setKind] = useState(faultKinds[0]?.[0] ?? '');
  const [failure, setFailure] = useState<string>();
  const change = async (what: FaultRequest | 'clear') => {
    setFailure(undefined);
    try {
      await changeFaults(what);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    reload();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void change(readForm(new FormData(event.currentTarget)));
  };
  if (faultKinds.length === 0) return <p>This server plays no faults.</p>;
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <label>
          What goes wrong
          <select name="kind" value={kind} onChange={(event) => setKind(event.target.value)}>
            {faultKinds.map(([one, what]) => (
              <option key={one} value={one}>
                {what}
              </option>
            ))}
          </select>
        </label>
        <label>
          For
          <select name="method">
            <option value="POST">what is written (POST)</option>
            <option value="GET">what is read (GET)</option>
            <option value="">every FHIR request</option>
          </select>
        </label>
        <label>
          How often
          <select name="count">
            <option value="1">once</option>
            <option value="3">three times</option>
            <option value="">until cleared</option>
          </select>
        </label>
        {(kind === 'delay' || kind === 'commit-late') && (
          <label>
            Delay, ms
            <input name="ms" type="number" min="0" step="500" defaultValue="5000" />
          </label>
        )}
        {kind === 'status' && (
          <label>
            Status
            <input name="status" type="number" min="400" max="599" defaultValue="503" />
          </label>
        )}
        <div className={styles.buttons}>
          <button type="submit">Add fault</button>
          <button type="button" onClick={() => void change('clear')}>
            Clear all faults
          </button>
        </div>
      </form>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <div role="status">
        {active.state === 'failed' && active.message}
        {active.state === 'ready' && active.value.length === 0 && 'No faults now.'}
        {active.state === 'ready' && active.value.length > 0 && (
          <ul>
            {active.value.map((text, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two equal faults are two faults.
              <li key={index}>{text}</li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function readForm(form: FormData): FaultRequest {
  const text = (name: string) => String(form.get(name) ?? '');
  const method = text('method');
  return {
    kind: text('kind'),
    ms: form.has('ms') ? Number(text('ms')) : undefined,
    status: form.has('status') ? Number(text('status')) : undefined,
    method: method === 'POST' || method === 'GET' ? method : undefined,
    count: text('count') === '' ? undefined : Number(text('count')),
  };
}
