import type { ReviewCard } from '#src/state/review-model.ts';
import { toIsoWithOffset } from '#src/ui/format/date-time.ts';
import { AnswerHistory } from './answer-history.tsx';
import { AnswerSection } from './answer-section.tsx';
import classes from './card-body.module.css';
import { ChartChanges } from './chart-changes.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { ModelLine } from './model-line.tsx';
import { ProbabilityBlock } from './probability-block.tsx';
import { ProblemList } from './problem-list.tsx';
import { Proposal } from './proposal.tsx';
import { cardKey } from './queue-state.ts';
import type { NextCard } from './recommendation-card.tsx';
import { RestrictionBanner } from './restriction-banner.tsx';
import type { ReviewContext } from './review-context.ts';
import { StaleNotice } from './stale-notice.tsx';
import { type ExposureRefs, useExposure } from './use-exposure.ts';

export interface CardBodyProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly next: NextCard | undefined;
  readonly refs: ExposureRefs;
}

/** Everything of one open card, in the order in which a clinician needs it. */
export function CardBody({ card, context, next, refs }: CardBodyProps) {
  const { detail } = card;
  const { recommendation } = detail;
  const { ledger, clock, actions, now } = context;
  const key = cardKey(card);
  useExposure(refs, {
    id: key,
    ledger,
    clock,
    onDisplayed: (at) => actions.displayed(recommendation.id, toIsoWithOffset(at)),
  });
  const others = card.answers.filter((one) => one.answer.id !== card.mine?.answer.id);
  const opened = () => ledger.markEvidenceOpened(key);
  return (
    <>
      <RestrictionBanner model={detail.model} />
      <div className={classes.score}>
        <ProbabilityBlock detail={detail} scoreRef={refs.score} />
      </div>
      {/* The answer sticks within this box only: it can never lie over headline and score. */}
      <div>
        <div className={classes.reading}>
          <div className={classes.claim}>
            <div className={classes.column}>
              <ChartChanges changes={detail.chartChanges} now={now} />
              <StaleNotice card={card} now={now} />
              <Proposal onOpened={opened} recommendation={recommendation} />
            </div>
            <div className={classes.column}>
              <EvidenceList detail={detail} now={now} onOpened={opened} />
            </div>
          </div>
          <ProblemList problems={[...recommendation.problems, ...detail.problems]} />
          <ModelLine model={detail.model} onOpened={opened} />
        </div>
        <AnswerSection
          card={card}
          context={context}
          measures={() => ledger.measures(key, clock.now())}
          next={next}
        />
      </div>
      <AnswerHistory answers={others} card={card} context={context} />
    </>
  );
}
