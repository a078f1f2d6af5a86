import { useId } from 'react';
import classes from './text-box.module.css';

export interface TextBoxProps {
  readonly label: string;
  /** Shown while empty; the name is the label alone. */
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
}

/** Several lines of free text; grows with what is typed, by style sheet alone. */
export function TextBox({ label, hint, value, onChange, maxLength = 2000 }: TextBoxProps) {
  const id = useId();
  return (
    <div>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        className={classes.input}
        id={id}
        maxLength={maxLength}
        onChange={(event) => onChange(event.currentTarget.value)}
        placeholder={hint}
        rows={1}
        value={value}
      />
    </div>
  );
}
