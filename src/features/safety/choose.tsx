import { Select } from '#src/ui/select.tsx';

export interface ChooseProps<Code extends string> {
  readonly label: string;
  readonly options: readonly (readonly [code: Code, label: string])[];
  readonly value: Code | undefined;
  readonly onChange: (value: Code | undefined) => void;
}

/** One of a few, or nothing said. */
export const Choose = <Code extends string>({
  label,
  options,
  value,
  onChange,
}: ChooseProps<Code>) => (
  <Select
    label={label}
    look="wide"
    onChoose={(chosen) => onChange(options.find(([code]) => code === chosen)?.[0])}
    options={[['', 'Not said'], ...options]}
    value={value ?? ''}
  />
);
