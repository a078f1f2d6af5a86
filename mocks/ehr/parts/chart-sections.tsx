import { useId, useState } from 'react';
import { MedicationsSection } from '../sections/medications.tsx';
import { NotesSection } from '../sections/notes.tsx';
import { ResultsSection } from '../sections/results.tsx';
import { SummarySection } from '../sections/summary.tsx';
import type { OpenChart } from '../session.tsx';
import styles from './chart-sections.module.css';

const SECTIONS = [
  { id: 'summary', label: 'Summary', Body: SummarySection },
  { id: 'results', label: 'Vitals & labs', Body: ResultsSection },
  { id: 'medications', label: 'Medications', Body: MedicationsSection },
  { id: 'notes', label: 'Notes', Body: NotesSection },
] as const;

export function ChartSections({ chart }: { readonly chart: OpenChart }) {
  const [current, setCurrent] = useState<(typeof SECTIONS)[number]['id']>('summary');
  const id = useId();
  const index = SECTIONS.findIndex((section) => section.id === current);
  const Body = (SECTIONS[index] ?? SECTIONS[0]).Body;
  const move = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : SECTIONS.at((index + step) % SECTIONS.length);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next.id);
    document.getElementById(`${id}-${next.id}`)?.focus();
  };
  return (
    <div className={styles.sections}>
      <div role="tablist" aria-label="Chart sections" className={styles.tabs} onKeyDown={move}>
        {SECTIONS.map((section) => (
          <button
            type="button"
            role="tab"
            key={section.id}
            id={`${id}-${section.id}`}
            aria-selected={section.id === current}
            aria-controls={`${id}-body`}
            tabIndex={section.id === current ? 0 : -1}
            onClick={() => setCurrent(section.id)}
          >
            {section.label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-body`}
        aria-labelledby={`${id}-${current}`}
        className={styles.body}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        tabIndex={0}
      >
        <Body patientId={chart.patient.id} />
      </div>
    </div>
  );
}
