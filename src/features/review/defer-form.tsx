import { useId } from 'react';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { FormHead } from '#src/ui/form-head.tsx';
import {
  formatClock,
  formatShortTime,
  isSameLocalDay,
  toIsoWithOffset,
} from '#src/ui/format/date-time.ts';
import { GuardedButton, useArmed } from '#src/ui/guarded-button.tsx';
import twoLines from '#src/ui/two-line-button.module.css';
import classes from './answer-form.module.css';
import type { CardFlow } from './use-card-flow.ts';

export interface DeferFormProps {
  readonly minutes: readonly number[];
  readonly now: number;
  readonly clock: { now(): number };
  readonly flow: CardFlow;
}

const MINUTE = 60_000;
const USUAL = [30, 60, 240];

const inWords = (minutes: number): string => {
  if (minutes < 60) return `In ${minutes} min`;
  const hours = minutes / 60;
  return hours < 48 ? `In ${Number(hours.toFixed(1))} h` : `In ${Math.round(hours / 24)} d`;
};

const untilWords = (ms: number, now: number): string =>
  isSameLocalDay(ms, now) ? formatClock(ms) : formatShortTime(toIsoWithOffset(ms), now);

/** Not now: one press says when to come back, and the answer says until when. */
export function DeferForm({ minutes, now, clock, flow }: DeferFormProps) {
  const headingId = useId();
  const armed = useArmed('defer') && !flow.busy;
  const offered = minutes.length > 0 ? minutes : USUAL;
  const defer = (deferredUntil: string | undefined) =>
    flow.answer({
      response: 'deferred',
      reasons: [],
      ...(deferredUntil === undefined ? {} : { deferredUntil }),
    });
  return (
    <FieldGroup aria-labelledby={headingId} data-focus-place="defer">
      <FormHead id={headingId} onBack={flow.close} title="Come back" />
      <div className={classes.choices}>
        {offered.map((minute) => (
          <GuardedButton
            armed={armed}
            className={twoLines.choice}
            key={minute}
            look="large"
            onActivate={() => defer(toIsoWithOffset(clock.now() + minute * MINUTE))}
            tone="plain"
          >
            <span>{inWords(minute)}</span> <small>{untilWords(now + minute * MINUTE, now)}</small>
          </GuardedButton>
        ))}
        <GuardedButton armed={armed} look="large" onActivate={() => defer(undefined)} tone="plain">
          Without a time
        </GuardedButton>
      </div>
    </FieldGroup>
  );
}
