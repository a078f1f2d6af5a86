import { useState } from 'react';
import type { ReviewCard } from '#src/state/review-model.ts';
import { useTraining } from '#src/state/use-training.ts';
import { Button } from '#src/ui/button.tsx';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import classes from './training.module.css';
import { TrainingCourse } from './training-course.tsx';

/** Below a card: the training on its model version, until it was done. */
export function TrainingOffer({ card }: { readonly card: ReviewCard }) {
  const { model } = card.detail;
  const { status, training, done, knowsEarlier } = useTraining(model);
  const [standing, setStanding] = useState<'offered' | 'open' | 'later'>('offered');
  const { untrained } = card;
  if (!untrained && (done || !training || standing === 'later' || card.advice !== 'shown'))
    return null;
  if (!training)
    return (
      <div className={classes.offer}>
        <Notice alert title={NOT_THERE[status]} tone="warning">
          <p>
            Without it this advice stays hidden. Decide without the AI
            {model.contact ? `; ask ${clipText(model.contact, 120)}` : ''}.
          </p>
        </Notice>
      </div>
    );
  const name = [model.name, model.version].filter(Boolean).join(' ');
  if (standing === 'open')
    return (
      <div className={classes.offer}>
        <TrainingCourse
          model={model}
          name={name}
          onClose={() => setStanding('offered')}
          training={training}
        />
      </div>
    );
  return (
    <div className={classes.offer}>
      <Notice
        actions={
          <>
            <Button onClick={() => setStanding('open')}>Start the training</Button>
            {untrained ? null : (
              <Button look="quiet" onClick={() => setStanding('later')}>
                Later
              </Button>
            )}
          </>
        }
        title={`${knowsEarlier ? 'New version' : 'Training'}: ${clipText(name, 120)}`}
        tone="info"
      >
        <p>What to be careful with, and three short cases.</p>
      </Notice>
    </div>
  );
}

const NOT_THERE = {
  reading: 'Looking for the training …',
  failed: 'The training could not be read',
  read: 'There is no training on this version',
} as const;
