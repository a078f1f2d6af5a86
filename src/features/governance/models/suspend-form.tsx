import { useRef, useState } from 'react';
import { EVERYWHERE } from '#src/domain/governance/lifecycle/transition.ts';
import type { StandingCode } from '#src/domain/governance/model-state.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';
import { RecordIncomplete, useSuspend } from '#src/state/governance/suspend.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { usePlaces } from '#src/state/governance/use-places.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { ScopeFields } from '../proposals/scope-fields.tsx';
import { failureWords, versionName } from '../words.ts';

export interface SuspendFormProps {
  readonly version: RegisteredVersion;
  readonly from: StandingCode;
  /** Begins with this reason: from an incident. */
  readonly because?: string;
  readonly onClose: () => void;
}

/** Why and where, then one button. What was sent stays as it is until the server has it. */
export function SuspendForm({ version, from, because = '', onClose }: SuspendFormProps) {
  const { newId, timestamp } = useGovernanceDeps();
  const [reason, setReason] = useState(because);
  const [scope, setScope] = useState(EVERYWHERE);
  // One identifier and one moment for one act: sent twice, it is on record once.
  const act = useRef<{ readonly id: string; readonly at: string }>(undefined);
  const suspend = useSuspend();
  const { data: places } = usePlaces(true);
  const nameOf = useGovernanceNames(places?.units ?? []);
  const sent = !suspend.isIdle;
  const name = versionName(version.model);
  const send = () => {
    act.current ??= { id: newId(), at: timestamp() };
    suspend.mutate({ ...act.current, device: version.device, from, scope, reason: reason.trim() });
  };
  return (
    <section aria-label={`Suspend ${name}`} className={classes.stack}>
      {suspend.isSuccess ? (
        <Notice actions={<Button onClick={onClose}>Done</Button>} title="Suspended" tone="info">
          <p role="status">
            {name} is suspended, and the server has given the record back. Open screens hide its
            advice within the minute that the site has configured.
          </p>
        </Notice>
      ) : (
        <>
          <FieldGroup disabled={sent}>
            <TextBox
              label="Reason (required; clinicians read it)"
              maxLength={1000}
              onChange={setReason}
              value={reason}
            />
          </FieldGroup>
          <ScopeFields
            disabled={sent}
            nameOf={nameOf}
            onChange={setScope}
            places={places}
            scope={scope}
          />
          {suspend.error && (
            <Notice
              alert
              title={
                suspend.error instanceof RecordIncomplete
                  ? 'Suspended, but not all of it is on record'
                  : 'Not known to be suspended'
              }
              tone="error"
            >
              <p>{failureWords(suspend.error)}</p>
            </Notice>
          )}
          <div className={classes.line}>
            <Button
              disabled={reason.trim() === '' || suspend.isPending}
              onClick={send}
              tone="danger"
            >
              {suspend.isPending ? 'Suspending …' : suspend.isError ? 'Send again' : 'Suspend now'}
            </Button>
            <Button disabled={suspend.isPending} onClick={onClose}>
              Cancel
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
