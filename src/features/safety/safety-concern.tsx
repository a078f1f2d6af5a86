import { useEffect, useRef, useState } from 'react';
import { UNSAFE_REASON } from '#src/domain/governance/incidents/incident.ts';
import { useDeps } from '#src/state/deps.ts';
import type { AnswerMeasures, ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { latePart } from '#src/ui/late-part.ts';
import classes from './safety-concern.module.css';

export interface SafetyConcernProps {
  readonly card: ReviewCard;
  /** The state of its model keeps advice and score from the screen. */
  readonly hidden: boolean;
  readonly measures: () => AnswerMeasures;
}

/** After the first card, so that it takes nothing from it, and mostly before a hand can ask for it. */
const FETCH_AFTER_MS = 2_000;

const latePanel = latePart(() => import('./safety-panel.tsx'));

const saidUnsafe = ({ mine }: ReviewCard): boolean =>
  mine?.answer.reasons.some(({ code }) => code === UNSAFE_REASON) ?? false;

/** The way to a safety report, on every card: this button, then what happened. */
export function SafetyConcern({ card, hidden, measures }: SafetyConcernProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = latePanel.useLate();
  const { clock } = useDeps();
  useEffect(() => clock.after(FETCH_AFTER_MS, () => void latePanel.load()), [clock]);
  const unsafe = saidUnsafe(card);
  const toggle = () => {
    void latePanel.load();
    setOpen(!open);
  };
  return (
    <div className={classes.safety}>
      {unsafe && !open ? (
        <p className={classes.said}>You said that this advice is unsafe.</p>
      ) : null}
      <Button
        aria-expanded={open}
        className={classes.open}
        look={unsafe ? 'outline' : 'quiet'}
        onClick={toggle}
        ref={button}
        tone={unsafe ? 'danger' : 'link'}
      >
        Report a safety concern
      </Button>
      {panel.kind === 'there' ? (
        <panel.part.SafetyPanel
          onBack={() => {
            setOpen(false);
            button.current?.focus();
          }}
          onSaved={() => setOpen(false)}
          open={open}
          screen={() => ({ card, hidden, measures: measures() })}
        />
      ) : null}
      {open && panel.kind === 'failed' ? (
        <p role="alert">
          The form could not be loaded. Nothing was recorded. Press again with a connection.
        </p>
      ) : null}
    </div>
  );
}
