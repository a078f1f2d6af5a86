import { useState } from 'react';
import { useFetchedAfterCard } from '#src/ui/late-part.ts';
import { PatientBanner } from '#src/ui/patient-banner.tsx';
import { createExposureLedger } from './exposure-ledger.ts';
import { lateForms } from './late-forms.tsx';
import { Queue } from './queue.tsx';
import { QueueFooter } from './queue-footer.tsx';
import { QueueNotices } from './queue-notices.tsx';
import { QueueSkeleton } from './queue-skeleton.tsx';
import type { ReviewScreenProps } from './review-props.ts';
import classes from './review-screen.module.css';
import { useDrafts } from './use-drafts.ts';

const BROWSER_CLOCK = { now: () => Date.now() };

/** The clinician's screen: whose chart, what the AI says, and what to answer. All data by props. */
export function ReviewScreen(props: ReviewScreenProps) {
  const { model, actions, now, clock = BROWSER_CLOCK, reasonGroups = [] } = props;
  const [ledger] = useState(createExposureLedger);
  const drafts = useDrafts({
    initial: props.initialDrafts,
    onChange: props.onDraftChange,
    clock,
  });
  useFetchedAfterCard(lateForms, model.status === 'ready');
  return (
    <div className={classes.screen}>
      <PatientBanner
        compact={!model.needPatientBanner}
        loading={model.status === 'loading'}
        now={now}
        patient={model.patient}
        synthetic={model.synthetic}
      />
      <main aria-busy={model.status === 'loading'} className={classes.main}>
        <h1 className={classes.title}>AI recommendations</h1>
        <QueueNotices actions={actions} model={model} waiting={props.waiting} />
        {model.status === 'loading' ? <QueueSkeleton /> : null}
        {model.status === 'ready' ? (
          <Queue
            context={{
              model,
              actions,
              now,
              clock,
              ledger,
              drafts,
              categories: reasonGroups,
              BelowCard: props.BelowCard,
            }}
          />
        ) : null}
      </main>
      {model.status === 'ready' ? (
        <QueueFooter cards={model.cards} waiting={props.waiting} />
      ) : null}
    </div>
  );
}
