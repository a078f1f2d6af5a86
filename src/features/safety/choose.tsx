import { useId } from 'react';
import classes from './safety.module.css';

export interface ChooseProps<Code extends string> {
  readonly label: string;
  readonly options: readonly (readonly [code: Code, label: string])[];
  readonly value: Code | undefined;
  readonly onChange: (value: Code | undefined) => void;
}

/** One of a few, or nothing said. */
export function Choose<Code extends string>(props: ChooseProps<Code>) {
  const { label, options, value, onChange } = props;
  const id = useId();
  return (
    <div>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      <select
        className={classes.select}
        id={id}
        onChange={(event) =>
          onChange(options.find(([code]) => code === event.currentTarget.value)?.[0])
        }
        value={value ?? ''}
      >
        <option value="">Not said</option>
        {options.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
