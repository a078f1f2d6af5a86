import { useRef, useState } from 'react';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';
import { useEnter } from '#src/state/governance/suspend.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { failureWords, versionName } from '../words.ts';

/** A version of which nothing is on record begins here, as proposed: by one person, since nobody sees it yet. */
export function EnterForm({ version }: { readonly version: RegisteredVersion }) {
  const { newId, timestamp } = useGovernanceDeps();
  const [reason, setReason] = useState('');
  // One identifier and one moment for one act: sent twice, it is on record once.
  const act = useRef<{ readonly id: string; readonly at: string; readonly reason: string }>(
    undefined,
  );
  const enter = useEnter();
  const send = () => {
    act.current ??= { id: newId(), at: timestamp(), reason: reason.trim() };
    enter.mutate({ ...act.current, device: version.device });
  };
  return (
    <section aria-label="Enter as proposed" className={classes.stack}>
      <TextBox
        label={`Why ${versionName(version.model)} is proposed`}
        maxLength={1000}
        onChange={setReason}
        value={reason}
      />
      <div className={classes.line}>
        <Button disabled={reason.trim() === '' || enter.isPending} onClick={send}>
          {enter.isError ? 'Send again' : 'Enter as proposed'}
        </Button>
        <p className={classes.more}>From then on its advice is shown nowhere.</p>
      </div>
      {enter.error && (
        <Notice alert title="Not known to be entered" tone="error">
          <p>{failureWords(enter.error)}</p>
        </Notice>
      )}
    </section>
  );
}
