import type { Model } from '#src/domain/recommendation.ts';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import classes from './restriction-banner.module.css';

/** The words of whoever restricted the model, before the score: they say for whom it must not be used. */
export function RestrictionBanner({ model }: { readonly model: Model }) {
  if (model.state !== 'restricted') return null;
  const words = model.stateRestriction ?? model.stateReason;
  return (
    <div className={classes.banner}>
      <Notice title="Restricted use" tone="warning">
        <p>
          {words
            ? clipText(words, 600)
            : 'How it is restricted was not put on record. Ask before use.'}
        </p>
      </Notice>
    </div>
  );
}
