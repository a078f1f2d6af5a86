import { useId } from 'react';
import classes from './field.module.css';

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChoose: (value: string) => void;
  /** `narrow`: alone on its line. `wide`: as wide as what it stands in, for a thumb. */
  readonly look?: 'narrow' | 'wide';
}

/** A select of the browser's own: it works with a keyboard, a reader and a thumb. */
export function Select({ label, value, options, onChoose, look }: SelectProps) {
  const id = useId();
  return (
    <p className={classes.field} data-look={look}>
      <label htmlFor={id}>{label}</label>
      <select id={id} onChange={({ target }) => onChoose(target.value)} value={value}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </p>
  );
}
