import { type Dispatch, useCallback, useEffect, useState } from 'react';
import { ITEM, SYSTEM } from '#src/fhir/codes.ts';
import { Notice } from '../parts/notice.tsx';
import { WardTable } from '../parts/ward-table.tsx';
import { loadAiCounts } from '../readers/ai.ts';
import { loadWard, type WardRow } from '../readers/ward.ts';
import { type Desk, type DeskAction, MAX_CHARTS, useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './patient-list.module.css';

interface PatientListProps {
  readonly desk: Desk;
  readonly dispatch: Dispatch<DeskAction>;
  readonly shown: boolean;
}

export function PatientList({ desk, dispatch, shown }: PatientListProps) {
  const { sandbox, access, clock } = useSession();
  const [unit, setUnit] = useState('');
  const load = useCallback(() => loadWard(access, clock()), [access, clock]);
  const [ward, retry] = useLoad(load);
  const [round, setRound] = useState(0);
  const rows = ward.state === 'ready' ? ward.value : NOBODY;
  const aiText = useAiText(shown, round, rows);
  const visible = rows.filter(
    (row) => unit === '' || row.encounter.locations.some((place) => place === `Location/${unit}`),
  );
  return (
    <section className={styles.list} aria-labelledby="list-title">
      <header className={styles.head}>
        <h2 id="list-title">Patient list</h2>
        <label>
          Unit{' '}
          <select value={unit} onChange={(event) => setUnit(event.target.value)}>
            <option value="">All units</option>
            {sandbox.units.map((one) => (
              <option key={one.locationId} value={one.locationId}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <span className={styles.count} role="status">
          {ward.state === 'ready' ? `${visible.length} inpatients` : ''}
        </span>
        <button
          type="button"
          onClick={() => {
            retry();
            setRound(round + 1);
          }}
        >
          Refresh
        </button>
      </header>
      {desk.refused !== undefined && (
        <div role="alert" className={styles.refused}>
          {MAX_CHARTS} charts are open. Close one to open {desk.refused.name}.
        </div>
      )}
      {ward.state === 'loading' && <Notice>Loading the patient list…</Notice>}
      {ward.state === 'failed' && (
        <Notice tone="error" onRetry={retry}>
          The patient list could not be loaded. {ward.message}
        </Notice>
      )}
      {ward.state === 'ready' && (
        <WardTable
          key={round}
          rows={visible}
          aiText={aiText}
          onOpen={(row) => dispatch({ type: 'open', chart: row })}
        />
      )}
    </section>
  );
}

const NOBODY: readonly WardRow[] = [];

/** Counted anew whenever the list comes back to the screen: an answer shows up here. */
function useAiText(
  shown: boolean,
  round: number,
  rows: readonly WardRow[],
): (patientId: string) => string {
  const { access } = useSession();
  const load = useCallback(async () => {
    if (rows.length === 0) return undefined;
    const patients = rows.map(({ patient }) => patient.id);
    return loadAiCounts(access, { system: SYSTEM.feedbackItem, code: ITEM.response }, patients);
  }, [access, rows]);
  const [counts, again] = useLoad(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every round of refreshing counts anew.
  useEffect(() => {
    if (shown) again();
  }, [shown, round, again]);
  return (patientId) => {
    if (counts.state === 'failed') return 'not known';
    if (counts.state === 'loading' || counts.value === undefined) return '…';
    const count = counts.value.get(patientId);
    if (count === undefined) return 'none';
    return count.answered === 0
      ? `${count.outputs}`
      : `${count.answered} of ${count.outputs} answered`;
  };
}
