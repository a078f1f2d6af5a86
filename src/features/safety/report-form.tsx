import { useEffect, useId, useRef, useState } from 'react';
import type { OnScreen } from '#src/state/freeze-card.ts';
import { type SafetyReporting, useReporting } from '#src/state/use-safety.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { FormHead } from '#src/ui/form-head.tsx';
import { GuardedButton, useArmed } from '#src/ui/guarded-button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import twoLines from '#src/ui/two-line-button.module.css';
import { Details, type Draft, EMPTY, toConcern } from './details.tsx';
import classes from './safety.module.css';
import { WHAT, WHO_READS } from './words.ts';

export interface ReportFormProps {
  readonly screen: OnScreen;
  readonly onBack: () => void;
  readonly onSaved: (id: string) => void;
}

/** One press says what happened and saves it; everything else may be said before that. */
export function ReportForm({ screen, onBack, onSaved }: ReportFormProps) {
  const headingId = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const reporting = useReporting(screen);
  // The group and not a button: no key that is still down reports anything.
  useEffect(() => group.current?.focus(), []);
  return (
    <FieldGroup aria-labelledby={headingId} className={classes.form} ref={group}>
      <FormHead id={headingId} onBack={onBack} title="What happened?" />
      {reporting.possible ? (
        <Choices onSaved={onSaved} reporting={reporting} />
      ) : (
        <NotHere contact={reporting.contact} />
      )}
    </FieldGroup>
  );
}

function NotHere({ contact }: { readonly contact: string | undefined }) {
  return (
    <Notice title="Safety reports cannot be kept here" tone="warning">
      <p>
        Nothing is recorded by this app.{' '}
        {contact ? (
          <>
            Call: <strong>{contact}</strong>.
          </>
        ) : (
          'Report it in the way that your hospital reports incidents.'
        )}
      </p>
    </Notice>
  );
}

const messageOf = (error: unknown): string =>
  error instanceof Error && error.message !== ''
    ? error.message
    : 'That did not work. Nothing was recorded; please try again.';

interface ChoicesProps {
  readonly reporting: SafetyReporting;
  readonly onSaved: (id: string) => void;
}

function Choices({ reporting, onSaved }: ChoicesProps) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [more, setMore] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const armed = useArmed('report') && !busy;
  const save = (what: (typeof WHAT)[number]['what']) => {
    setBusy(true);
    setError(undefined);
    reporting.report(toConcern(what, draft)).then(onSaved, (cause: unknown) => {
      setBusy(false);
      setError(messageOf(cause));
    });
  };
  return (
    <>
      <div className={classes.choices}>
        {WHAT.map(({ what, label, meaning }) => (
          <GuardedButton
            armed={armed}
            className={twoLines.choice}
            key={what}
            look="large"
            onActivate={() => save(what)}
            tone="plain"
          >
            <span>{label}</span> <small>{meaning}</small>
          </GuardedButton>
        ))}
      </div>
      <p className={classes.note}>{WHO_READS}</p>
      <Button
        aria-expanded={more}
        className={classes.more}
        look="quiet"
        onClick={() => setMore(!more)}
      >
        Add details first
      </Button>
      {more ? (
        <Details
          draft={draft}
          mayWithholdName={reporting.mayWithholdName}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      ) : null}
      {error ? <Notice alert title={error} tone="error" /> : null}
    </>
  );
}
