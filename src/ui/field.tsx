import { useId } from 'react';
import classes from './field.module.css';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (value: string) => void;
  readonly type?: 'text' | 'date';
  readonly required?: boolean;
}

export function Field({ label, value, onType, type = 'text', required = false }: FieldProps) {
  const id = useId();
  return (
    <p className={classes.field}>
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        id={id}
        maxLength={type === 'text' ? 300 : undefined}
        onChange={({ target }) => onType(target.value)}
        required={required}
        type={type}
        value={value}
      />
    </p>
  );
}
