import type { Recommendation } from '#src/domain/recommendation.ts';
import { clipText, keepTogether } from '#src/ui/format/text.ts';
import classes from './proposal.module.css';

export interface ProposalProps {
  readonly recommendation: Recommendation;
  readonly onOpened: () => void;
}

/** About two lines in the panel, and in the narrow one. */
const TWO_LINES = 108;
const TWO_NARROW_LINES = 66;

/** The producer's own explanation and what it proposes to do; text only, whatever was sent. */
export function Proposal({ recommendation, onOpened }: ProposalProps) {
  const { detail, actions, predictions } = recommendation;
  const texts = [detail, ...predictions.map(({ rationale }) => rationale)]
    .filter((text) => text !== undefined && text.trim() !== '')
    .map((text) => clipText(text ?? '', 4000));
  const unique = [...new Set(texts)];
  if (unique.length === 0 && actions.length === 0) return null;
  return (
    <div className={classes.proposal}>
      {actions.length > 0 ? (
        <>
          <h3 className={classes.heading}>Proposes</h3>
          <ul className={classes.actions}>
            {actions.slice(0, 8).map(({ title, detail: more, suggestionId }) => (
              <li key={suggestionId ?? title}>
                {clipText(title, 200)}
                {more ? <span className={classes.more}> {clipText(more, 300)}</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {unique.map((text) => (
        <Explanation key={text} onOpened={onOpened} text={text} />
      ))}
    </div>
  );
}

function Explanation({ text, onOpened }: { readonly text: string; readonly onOpened: () => void }) {
  const whole = keepTogether(text);
  if (text.length <= TWO_LINES + 12) return <p className={classes.text}>{whole}</p>;
  return (
    <details
      className={classes.details}
      onToggle={(event) => event.currentTarget.open && onOpened()}
    >
      <summary>
        <span className={classes.wide}>{keepTogether(clipText(text, TWO_LINES))}</span>
        <span className={classes.narrow}>{keepTogether(clipText(text, TWO_NARROW_LINES))}</span>{' '}
        <b>Read all</b>
      </summary>
      <p className={classes.text}>{whole}</p>
    </details>
  );
}
