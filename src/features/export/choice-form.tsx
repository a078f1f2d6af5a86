import { useId } from 'react';
import type { Profile } from '#src/domain/privacy/profile.ts';
import type { ExportChoice } from '#src/state/export-deps.ts';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from './export.module.css';
import { SettingsField } from './settings-field.tsx';
import { FORMAT_WORDS, FREE_TEXT_WORDS, PROFILE_WORDS } from './words.ts';

export interface ChoiceFormProps {
  readonly choice: ExportChoice;
  readonly busy: boolean;
  readonly onChange: (change: Partial<ExportChoice>) => void;
}

const PROFILES = Object.keys(PROFILE_WORDS) as Profile[];
const FORMATS = Object.keys(FORMAT_WORDS) as (keyof typeof FORMAT_WORDS)[];

/** Period, profile, formats, free text and purpose. */
export function ChoiceForm({ choice, busy, onChange }: ChoiceFormProps) {
  return (
    <FieldGroup className={classes.form} disabled={busy}>
      <legend className={classes.legend}>What to export</legend>
      <div className={classes.line}>
        <Day label="First day" onPick={(from) => onChange({ from })} value={choice.from} />
        <Day label="Last day" onPick={(until) => onChange({ until })} value={choice.until} />
      </div>
      <FieldGroup className={classes.options}>
        <legend className={classes.legend}>Profile</legend>
        {PROFILES.map((profile) => (
          <Tick
            checked={choice.profile === profile}
            key={profile}
            label={PROFILE_WORDS[profile].name}
            more={PROFILE_WORDS[profile].removes}
            onTick={() => onChange({ profile, freeText: false })}
            type="radio"
          />
        ))}
      </FieldGroup>
      <FieldGroup className={classes.line}>
        <legend className={classes.legend}>Formats</legend>
        {FORMATS.map((format) => (
          <Tick
            checked={choice.formats.includes(format)}
            key={format}
            label={FORMAT_WORDS[format]}
            onTick={(on) =>
              onChange({
                formats: FORMATS.filter((one) =>
                  one === format ? on : choice.formats.includes(one),
                ),
              })
            }
            type="checkbox"
          />
        ))}
      </FieldGroup>
      {choice.profile !== 'deidentified' && (
        <Tick
          checked={choice.freeText}
          label="Include free text"
          more={FREE_TEXT_WORDS}
          onTick={(freeText) => onChange({ freeText })}
          type="checkbox"
        />
      )}
      <SettingsField chosen={choice.settings} onChoose={(settings) => onChange({ settings })} />
      <TextBox
        hint="Study, quality project or report"
        label="Purpose (required; recorded with your name)"
        maxLength={500}
        onChange={(purpose) => onChange({ purpose })}
        value={choice.purpose}
      />
    </FieldGroup>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onPick: (day: string) => void;
}

function Day({ label, value, onPick }: DayProps) {
  const id = useId();
  return (
    <p className={classes.day}>
      <label htmlFor={id}>{label}</label>
      <input id={id} onChange={({ target }) => onPick(target.value)} type="date" value={value} />
    </p>
  );
}

interface TickProps {
  readonly type: 'radio' | 'checkbox';
  readonly label: string;
  readonly more?: string;
  readonly checked: boolean;
  readonly onTick: (on: boolean) => void;
}

/** Named by its label alone; the sentence beside it is its description. */
function Tick({ type, label, more, checked, onTick }: TickProps) {
  const id = useId();
  return (
    <div className={classes.tick}>
      <input
        aria-describedby={more === undefined ? undefined : `${id}-more`}
        checked={checked}
        id={id}
        onChange={({ target }) => onTick(target.checked)}
        type={type}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {more !== undefined && (
          <p className={classes.more} id={`${id}-more`}>
            {more}
          </p>
        )}
      </div>
    </div>
  );
}
