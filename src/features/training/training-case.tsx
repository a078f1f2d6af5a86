import { useState } from 'react';
import type { TrainingCase } from '#src/domain/governance/feedback/training.ts';
import { Button } from '#src/ui/button.tsx';
import classes from './training.module.css';

export interface TrainingCaseStepProps {
  readonly one: TrainingCase;
  readonly number: number;
  readonly of: number;
  readonly onMissed: () => void;
  readonly onNext: () => void;
}

/** One case: whatever is pressed is answered with the reason; the right one leads on. */
export function TrainingCaseStep({ one, number, of, onMissed, onNext }: TrainingCaseStepProps) {
  const [pressed, setPressed] = useState<readonly number[]>([]);
  const right = pressed.includes(one.right);
  const press = (option: number) => {
    if (pressed.length === 0 && option !== one.right) onMissed();
    setPressed([...pressed, option]);
  };
  return (
    <>
      <h3 className={classes.heading}>
        Case {number} of {of}
      </h3>
      <p>{one.story}</p>
      <div className={classes.options}>
        {one.options.map((words, option) => (
          <Button
            disabled={right || pressed.includes(option)}
            key={words}
            onClick={() => press(option)}
            tone="plain"
          >
            {words}
          </Button>
        ))}
      </div>
      <p className={classes.said} role="status">
        {right ? `Right: ${one.why}` : pressed.length > 0 ? 'Not this one. Look again.' : ''}
      </p>
      {right ? <Button onClick={onNext}>Go on</Button> : null}
    </>
  );
}
