import { useId } from 'react';
import classes from './select-box.module.css';
import box from './text-box.module.css';

export interface SelectBoxProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChange: (value: string) => void;
}

/** One of a few. */
export function SelectBox({ label, value, options, onChange }: SelectBoxProps) {
  const id = useId();
  return (
    <div>
      <label className={box.label} htmlFor={id}>
        {label}
      </label>
      <select
        className={classes.select}
        id={id}
        onChange={(event) => onChange(event.currentTarget.value)}
        value={value}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
