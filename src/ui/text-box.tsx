import { Textarea } from '@mantine/core';
import { useId } from 'react';
import classes from './text-box.module.css';

export interface TextBoxProps {
  readonly label: string;
  /** Said beside the label, not in the name: "optional". */
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
}

/** Several lines of free text that grow with what is typed. */
export function TextBox({ label, hint, value, onChange, maxLength = 2000 }: TextBoxProps) {
  const id = useId();
  return (
    <div>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      <Textarea
        autosize
        classNames={{ input: classes.input ?? '' }}
        id={id}
        maxLength={maxLength}
        maxRows={6}
        minRows={1}
        onChange={(event) => onChange(event.currentTarget.value)}
        placeholder={hint}
        unstyled
        value={value}
      />
    </div>
  );
}
