import { type FormEvent, useState } from 'react';
import { CHANGE_KINDS } from '#src/domain/model-change.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { type ChangeDraft, ChangeNotWritten, useAddChange } from '#src/state/dashboard/changes.ts';
import { useDashboardDeps } from '#src/state/dashboard/deps.ts';
import { Field } from '#src/ui/field.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { Select } from '#src/ui/select.tsx';
import classes from './change-form.module.css';

const EMPTY = { kind: 'version', model: '', day: '', from: '', to: '', words: '' };
type Typed = typeof EMPTY;

/** One entry of the change log. What is typed stays until the server has it whole. */
export function ChangeForm({ model }: { readonly model: string | undefined }) {
  const { newId, performer } = useDashboardDeps();
  const [typed, setTyped] = useState<Typed>({ ...EMPTY, model: model ?? '' });
  // One identifier for one entry: sent twice, it is stored once.
  const [id, setId] = useState(newId);
  const add = useAddChange();
  const put = (name: keyof Typed) => (value: string) => setTyped({ ...typed, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(draftOf(typed, id), {
      onSuccess: () => {
        setTyped({ ...EMPTY, model: typed.model });
        setId(newId());
      },
    });
  };
  return (
    <section aria-labelledby="add-change" className={classes.section}>
      <h2 className={classes.heading} id="add-change">
        Add a change
      </h2>
      {performer === undefined && (
        <Notice title="You cannot sign an entry" tone="warning">
          <p>The sign-in names no practitioner; an entry of the log says who made it.</p>
        </Notice>
      )}
      <form className={classes.form} onSubmit={submit}>
        <Select
          label="Kind"
          onChoose={put('kind')}
          options={CHANGE_KINDS.map((kind) => [kind, kind])}
          value={typed.kind}
        />
        <Field label="Model (identifier)" onType={put('model')} required value={typed.model} />
        <Field label="In force from" onType={put('day')} required type="date" value={typed.day} />
        <Field label="Before" onType={put('from')} value={typed.from} />
        <Field label="After" onType={put('to')} value={typed.to} />
        <Field label="In words (no patient)" onType={put('words')} value={typed.words} />
        <p className={classes.submit}>
          <button
            className={classes.button}
            disabled={add.isPending || performer === undefined}
            type="submit"
          >
            {add.isPending ? 'Storing …' : 'Add to the log'}
          </button>
        </p>
      </form>
      <p role="status">{add.isSuccess ? 'Stored, and read back whole.' : ''}</p>
      {add.error && (
        <Notice alert title="The entry is not in the log" tone="error">
          <p>{whyNot(add.error)}</p>
        </Notice>
      )}
    </section>
  );
}

function draftOf({ kind, model, day, from, to, words }: Typed, id: string): ChangeDraft {
  const at = new Date(`${day}T00:00:00`);
  const said = (text: string): string | undefined => text.trim() || undefined;
  return {
    id,
    kind: CHANGE_KINDS.find((one) => one === kind) ?? 'version',
    model: model.trim(),
    changedAt: isoWithOffset(at.getTime(), -at.getTimezoneOffset()),
    from: said(from),
    to: said(to),
    words: said(words),
  };
}

function whyNot(error: Error): string {
  if (error instanceof ChangeNotWritten) return error.message;
  const kind = 'kind' in error ? error.kind : undefined;
  if (kind === 'forbidden') return 'You may not write to the change log of this server.';
  if (kind === 'offline' || kind === 'timeout')
    return 'The server did not answer, and nobody knows whether it has the entry. Send it again: it is stored once.';
  return 'The server refused it. What you typed is still here.';
}
