import type { Attribution, Concern } from '#src/domain/governance/incidents/incident.ts';
import { TextBox } from '#src/ui/text-box.tsx';
import { Choose } from './choose.tsx';
import classes from './safety.module.css';
import { AI_PART, HARM, HOW_SURE, MERP } from './words.ts';

/** What may be said besides; nothing of it is asked for. */
export interface Draft {
  readonly words: string;
  readonly harm?: Concern['harm'] | undefined;
  readonly merp?: Concern['merp'] | undefined;
  readonly verdict?: Attribution['verdict'] | undefined;
  readonly confidence?: Attribution['confidence'] | undefined;
  readonly confidential: boolean;
}

export const EMPTY: Draft = { words: '', confidential: false };

/** As the report says it: what was not said is not there. */
export function toConcern(what: Concern['what'], draft: Draft): Concern {
  const { harm, merp, verdict, confidence, confidential } = draft;
  const words = draft.words.trim();
  return {
    what,
    confidential,
    ...(words !== '' && { words }),
    ...(harm && { harm }),
    ...(merp && { merp }),
    ...(verdict && { attribution: { verdict, ...(confidence && { confidence }) } }),
  };
}

export interface DetailsProps {
  readonly draft: Draft;
  readonly mayWithholdName: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}

export function Details({ draft, mayWithholdName, onChange }: DetailsProps) {
  return (
    <div className={classes.details}>
      <TextBox
        hint="Optional"
        label="In your own words"
        onChange={(words) => onChange({ words })}
        value={draft.words}
      />
      <Choose
        label="Harm to the patient"
        onChange={(harm) => onChange({ harm })}
        options={HARM}
        value={draft.harm}
      />
      <Choose
        label="NCC MERP category"
        onChange={(merp) => onChange({ merp })}
        options={MERP}
        value={draft.merp}
      />
      <Choose
        label="Had the AI part in it?"
        onChange={(verdict) => onChange({ verdict })}
        options={AI_PART}
        value={draft.verdict}
      />
      {draft.verdict === undefined ? null : (
        <Choose
          label="How sure are you?"
          onChange={(confidence) => onChange({ confidence })}
          options={HOW_SURE}
          value={draft.confidence}
        />
      )}
      {mayWithholdName ? (
        <label className={classes.check}>
          <input
            checked={draft.confidential}
            onChange={(event) => onChange({ confidential: event.currentTarget.checked })}
            type="checkbox"
          />
          Withhold my name: only the safety officer sees it
        </label>
      ) : null}
    </div>
  );
}
