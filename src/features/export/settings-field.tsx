import { useId, useState } from 'react';
import { type ChosenSettings, ExportRefused, useExportDeps } from '#src/state/export-deps.ts';
import { Notice } from '#src/ui/notice.tsx';
import classes from './export.module.css';

export interface SettingsFieldProps {
  readonly chosen: ChosenSettings | undefined;
  readonly onChoose: (settings: ChosenSettings | undefined) => void;
}

/** The same file as the command line's `--settings`. It is read here and goes nowhere. */
export function SettingsField({ chosen, onChoose }: SettingsFieldProps) {
  const { readSettings } = useExportDeps();
  const [refused, setRefused] = useState('');
  const id = useId();

  async function choose(file: File | undefined): Promise<void> {
    setRefused('');
    onChoose(undefined);
    if (!file) return;
    try {
      onChoose({ name: file.name, tables: await readSettings(await file.text()) });
    } catch (cause) {
      setRefused(cause instanceof ExportRefused ? cause.message : 'The file could not be read.');
    }
  }

  return (
    <div className={classes.day}>
      <label htmlFor={id}>Site settings (optional)</label>
      <input
        accept=".json,application/json"
        aria-describedby={`${id}-more`}
        id={id}
        onChange={({ target }) => void choose(target.files?.[0])}
        type="file"
      />
      <p className={classes.more} id={`${id}-more`}>
        {chosen
          ? `${count(chosen.tables.models.length, 'model')} and ${count(chosen.tables.outcomes.length, 'rule')} for outcomes.`
          : 'settings.json: time zones, models and which records are outcomes. It stays on this device.'}
      </p>
      {refused !== '' && (
        <Notice alert title="This file is not used" tone="error">
          <p>{refused}</p>
        </Notice>
      )}
    </div>
  );
}

const count = (n: number, what: string): string => `${n} ${n === 1 ? what : `${what}s`}`;
