import type { Coding } from '#src/domain/coding.ts';
import { GuardedButton } from '#src/ui/guarded-button.tsx';
import classes from './more-reasons.module.css';
import type { ReasonHeading } from './review-props.ts';

export interface MoreReasonsProps {
  readonly categories: readonly ReasonHeading[];
  readonly armed: boolean;
  readonly onChoose: (reason: Coding) => void;
}

/** The complete list, by category; each entry saves, as the short list does. */
export function MoreReasons({ categories, armed, onChoose }: MoreReasonsProps) {
  return (
    <div className={classes.list}>
      {categories.map(({ label, options }) => (
        <fieldset aria-label={label} className={classes.category} key={label}>
          <p aria-hidden="true" className={classes.heading}>
            {label}
          </p>
          {options.map(({ label: reason, coding, tone }) => (
            <GuardedButton
              armed={armed}
              className={classes.reason}
              key={`${coding.system}|${coding.code}`}
              look="quiet"
              onActivate={() => onChoose(coding)}
              tone={tone ?? 'plain'}
            >
              {reason}
            </GuardedButton>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
