import { useId } from 'react';
import classes from './choice.module.css';

export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly onChoose: (value: string) => void;
  /** Stands alone on its line. */
  readonly narrow?: boolean;
}

/** A select of the browser's own: it works with a keyboard, a reader and a thumb. */
export function Choice({ label, value, options, onChoose, narrow = false }: ChoiceProps) {
  const id = useId();
  return (
    <p className={classes.choice} data-narrow={narrow}>
      <label htmlFor={id}>{label}</label>
      <select id={id} onChange={({ target }) => onChoose(target.value)} value={value}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </p>
  );
}
