import { useEffect, useRef, useState } from 'react';
import type { Training } from '#src/domain/governance/feedback/training.ts';
import type { Model } from '#src/domain/recommendation.ts';
import { useDeps } from '#src/state/deps.ts';
import { type CompletedTraining, useCompleteTraining } from '#src/state/use-training.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { SafeMarkdown } from '#src/ui/safe-markdown.tsx';
import classes from './training.module.css';
import { TrainingCaseStep } from './training-case.tsx';

export interface TrainingCourseProps {
  readonly training: Training;
  readonly model: Model;
  readonly name: string;
  readonly onClose: () => void;
}

/** The cautions, then the cases one by one, then the record that it was done. */
export function TrainingCourse({ training, model, name, onClose }: TrainingCourseProps) {
  const { newId, timestamp } = useDeps();
  const [at, setAt] = useState(0);
  const [missed, setMissed] = useState<ReadonlySet<number>>(new Set());
  const complete = useCompleteTraining();
  const act = useRef<CompletedTraining>(undefined);
  const section = useRef<HTMLElement>(null);
  // The button that was pressed is gone: the keyboard stays in the training.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step takes the keyboard
  useEffect(() => section.current?.focus(), [at]);
  const { cases } = training;
  const current = cases[at - 1];
  const record = () => {
    act.current ??= {
      ...{ id: newId(), at: timestamp(), model },
      rightAtOnce: cases.length - missed.size,
    };
    complete.mutate(act.current);
  };
  return (
    <section
      aria-label={`Training: ${name}`}
      className={classes.course}
      ref={section}
      tabIndex={-1}
    >
      {at === 0 ? <Cautions model={model} /> : null}
      {current ? (
        <TrainingCaseStep
          key={at}
          number={at}
          of={cases.length}
          onMissed={() => setMissed(new Set([...missed, at]))}
          onNext={() => setAt(at + 1)}
          one={current}
        />
      ) : null}
      {at > cases.length ? (
        <>
          <h3 className={classes.heading}>Done</h3>
          <p>
            {cases.length - missed.size} of {cases.length} right at the first try. It is put on
            record, under your name, that you went through this training.
          </p>
          <Button disabled={complete.isPending} onClick={record}>
            Put on record
          </Button>
        </>
      ) : null}
      {complete.error ? (
        <Notice alert title="Not on record" tone="error">
          <p>The server did not take it. Press again; it is stored once.</p>
        </Notice>
      ) : null}
      <div className={classes.line}>
        {at === 0 ? <Button onClick={() => setAt(1)}>To the first case</Button> : null}
        <Button look="quiet" onClick={onClose}>
          Leave the training
        </Button>
      </div>
    </section>
  );
}

function Cautions({ model: { card, safety } }: { readonly model: Model }) {
  return (
    <>
      <h3 className={classes.heading}>What it is for</h3>
      <SafeMarkdown text={card?.intendedUse ?? 'The model card does not say.'} />
      <h3 className={classes.heading}>Be careful</h3>
      <SafeMarkdown text={card?.cautions ?? safety ?? 'The model card names no cautions.'} />
    </>
  );
}
