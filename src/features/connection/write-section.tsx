import { useEffect, useRef, useState } from 'react';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import page from '#src/ui/page.module.css';
import classes from './connection-screen.module.css';

export interface WriteSectionProps {
  readonly patientName: string;
  readonly disabled: boolean;
  readonly onWrite: () => void;
}

/** Apart from what only reads, and asked twice: this goes into a chart. */
export function WriteSection({ patientName, disabled, onWrite }: WriteSectionProps) {
  const [asking, setAsking] = useState(false);
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (asking) group.current?.focus();
  }, [asking]);
  return (
    <section aria-labelledby="write" className={classes.section}>
      <h2 className={classes.heading} id="write">
        Write a test answer
      </h2>
      <p>
        Only a write shows what the server really stores. The answer is labelled as a test, answers
        no recommendation, and is retracted at once.
      </p>
      {asking ? (
        <FieldGroup aria-label={`Write to ${patientName}?`} ref={group}>
          <p>
            <strong>{patientName}</strong> must be a test patient. Up to four Observations labelled
            HTEST are written into this chart. What cannot be retracted stays, and is listed.
          </p>
          <div className={page.actions}>
            <Button
              disabled={disabled}
              onClick={() => {
                setAsking(false);
                onWrite();
              }}
              tone="danger"
            >
              Yes, {patientName} is a test patient: write
            </Button>
            <Button onClick={() => setAsking(false)} tone="plain">
              Cancel
            </Button>
          </div>
        </FieldGroup>
      ) : (
        <Button disabled={disabled} onClick={() => setAsking(true)} tone="danger">
          Write a test answer to test patient {patientName}
        </Button>
      )}
    </section>
  );
}
