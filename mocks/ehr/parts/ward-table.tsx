import { useCallback } from 'react';
import { latest } from '../readers/flowsheet.ts';
import { resourcesOf } from '../readers/json.ts';
import { type EarlyWarning, INCOMPLETE, news2, warningText } from '../readers/news2.ts';
import { isAbnormal, type Result, readResults } from '../readers/observation.ts';
import { ago } from '../readers/time.ts';
import type { WardRow } from '../readers/ward.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import { NameAlert } from './name-alert.tsx';
import { ScrollRegion } from './scroll-region.tsx';
import styles from './ward-table.module.css';

interface WardTableProps {
  readonly rows: readonly WardRow[];
  readonly aiText: (patientId: string) => string;
  readonly onOpen: (row: WardRow) => void;
}

export function WardTable({ rows, aiText, onOpen }: WardTableProps) {
  return (
    <ScrollRegion className={styles.scroll} label="Patients">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Bed</th>
            <th scope="col">Patient</th>
            <th scope="col">Age / sex</th>
            <th scope="col">MRN</th>
            <th scope="col">Reason for stay</th>
            <th scope="col">NEWS2</th>
            <th scope="col">BP</th>
            {SHOWN.map(([label]) => (
              <th scope="col" key={label}>
                {label}
              </th>
            ))}
            <th scope="col">Charted</th>
            <th scope="col">AI output</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.patient.id}
              row={row}
              ai={aiText(row.patient.id)}
              onOpen={() => onOpen(row)}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={styles.empty}>Nobody lies in this unit.</p>}
      <p className={styles.foot}>
        NEWS2 is computed from charted vital signs by the published table. Where a part of it is not
        charted it is at least the sum of the rest, and incomplete where that says nothing yet. AI
        output counts records in the chart that are labelled as AI.
      </p>
    </ScrollRegion>
  );
}

interface RowProps {
  readonly row: WardRow;
  readonly ai: string;
  readonly onOpen: () => void;
}

function Row({ row: { patient, encounter, similarName }, ai, onOpen }: RowProps) {
  const { access, clock } = useSession();
  const load = useCallback(async () => {
    const query = `Observation?patient=${patient.id}&category=vital-signs&_sort=-date&_count=24`;
    return resourcesOf(await access.bundle(query)).flatMap(readResults);
  }, [access, patient.id]);
  const [vitals] = useLoad(load);
  const results = vitals.state === 'ready' ? vitals.value : [];
  const warning = news2(results);
  return (
    <tr>
      <td className={styles.bed}>{encounter.bed ?? '–'}</td>
      <th scope="row">
        <button type="button" className={styles.open} onClick={onOpen}>
          <span className="visually-hidden">Open </span>
          {patient.name}
        </button>
        {similarName && <NameAlert />}
        {patient.deceased && <span className={styles.deceased}>deceased</span>}
      </th>
      <td>
        {patient.age ?? '–'} / {patient.sex}
      </td>
      <td className={styles.mrn}>{patient.mrn ?? '–'}</td>
      <td className={styles.reason}>{encounter.reason ?? '–'}</td>
      <td className={styles.labelled} data-label="NEWS2">
        {warning === undefined ? '–' : <News warning={warning} />}
      </td>
      <Vitals results={results} now={clock()} loading={vitals.state === 'loading'} />
      <td className={styles.labelled} data-label="AI output">
        {ai}
      </td>
    </tr>
  );
}

function News({ warning }: { readonly warning: EarlyWarning }) {
  const text = warningText(warning);
  const missing = warning.missing.length > 0 ? `Not charted: ${warning.missing.join(', ')}` : '';
  return (
    <span
      className={text === INCOMPLETE ? styles.incomplete : styles.news}
      data-band={warning.band}
      title={missing || undefined}
    >
      {text}
      {text === INCOMPLETE ? null : <span className="visually-hidden"> {warning.band}</span>}
    </span>
  );
}

const SHOWN: readonly (readonly [string, ...string[]])[] = [
  ['HR', '8867-4'],
  ['RR', '9279-1'],
  ['SpO₂', '59408-5', '2708-6'],
  ['T', '8310-5'],
];

interface VitalsProps {
  readonly results: readonly Result[];
  readonly now: number;
  readonly loading: boolean;
}

function Vitals({ results, now, loading }: VitalsProps) {
  const systolic = latest(results, '8480-6');
  const diastolic = latest(results, '8462-4');
  const newest = latest(results, ...results.map((result) => result.key));
  const pressure = systolic && { ...systolic, text: `${systolic.text}/${diastolic?.text ?? '–'}` };
  return (
    <>
      <Vital label="BP" result={pressure} />
      {SHOWN.map(([label, ...keys]) => (
        <Vital key={label} label={label} result={latest(results, ...keys)} />
      ))}
      <td className={styles.charted}>{loading ? '…' : (ago(newest?.at, now) ?? 'nothing')}</td>
    </>
  );
}

interface VitalProps {
  readonly label: string;
  readonly result: Result | undefined;
}

function Vital({ label, result }: VitalProps) {
  if (result === undefined) return <td className={styles.vital} data-label={label} />;
  const abnormal = isAbnormal(result.flag);
  return (
    <td className={styles.vital} data-label={label} data-abnormal={abnormal}>
      {result.text}
      {abnormal && ` ${result.flag}`}
    </td>
  );
}
