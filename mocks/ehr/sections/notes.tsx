import { useCallback } from 'react';
import { type Note, readNotes } from '../readers/note.ts';
import { clockTime } from '../readers/time.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './notes.module.css';
import { Box } from './section.tsx';

export function NotesSection({ patientId }: { readonly patientId: string }) {
  const { search } = useSession().access;
  const load = useCallback(async () => {
    const [documents, reports] = await Promise.all([
      search(`DocumentReference?patient=${patientId}&_count=50`),
      search(`DiagnosticReport?patient=${patientId}&_count=50`),
    ]);
    return readNotes(documents, reports);
  }, [search, patientId]);
  const [notes, retry] = useLoad(load);
  return (
    <Box
      title="Notes and reports"
      loaded={notes}
      onRetry={retry}
      isEmpty={(items) => items.length === 0}
      empty="No notes."
    >
      {(items) => (
        <ul className={styles.notes}>
          {items.map((note) => (
            <NoteItem key={note.id} note={note} />
          ))}
        </ul>
      )}
    </Box>
  );
}

function NoteItem({ note }: { readonly note: Note }) {
  const now = useSession().clock();
  return (
    <li>
      <h4>{note.title}</h4>
      <p className={styles.fine}>
        {[clockTime(note.at, now), note.author, note.status]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </p>
      <p className={styles.text}>
        {note.text ?? `No text to show (${note.format ?? 'format not stated'}).`}
      </p>
    </li>
  );
}
