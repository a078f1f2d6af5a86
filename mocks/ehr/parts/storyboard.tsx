import { useCallback } from 'react';
import { bannerName } from '../readers/patient.ts';
import { readAllergies } from '../readers/summary.ts';
import { ago, calendarDate } from '../readers/time.ts';
import { type OpenChart, useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './storyboard.module.css';

const SEX_WORDS: Readonly<Record<string, string>> = {
  F: 'female',
  M: 'male',
  X: 'other',
  U: 'unknown',
};

/** Who this is and what must not be overlooked: on the screen as long as the chart is. */
export function Storyboard({ chart: { patient, encounter } }: { readonly chart: OpenChart }) {
  const { access, clock } = useSession();
  const load = useCallback(
    async () => readAllergies(await access.search(`AllergyIntolerance?patient=${patient.id}`)),
    [access, patient.id],
  );
  const [allergies] = useLoad(load);
  const stay = ago(encounter?.admitted, clock());
  return (
    <section className={styles.story} aria-label="Patient header">
      <h2>{bannerName(patient)}</h2>
      <p className={styles.key}>
        {patient.age ?? 'Age not known'}, {SEX_WORDS[patient.sex]}
        {patient.deceased && ', deceased'}
      </p>
      <dl>
        <Fact term="Born">{calendarDate(patient.birthDate)}</Fact>
        <Fact term="MRN">{patient.mrn ?? '–'}</Fact>
        <Fact term="Bed">{encounter?.bed ?? '–'}</Fact>
        <Fact term="Admitted">
          {calendarDate(encounter?.admitted)}
          {stay !== undefined && ` (${stay})`}
        </Fact>
        <Fact term="Reason">{encounter?.reason ?? '–'}</Fact>
        {encounter?.attending !== undefined && <Fact term="Attending">{encounter.attending}</Fact>}
        <Fact term="Allergies">
          {allergies.state === 'loading' && '…'}
          {allergies.state === 'failed' && 'could not be loaded'}
          {allergies.state === 'ready' && allergies.value.length === 0 && 'none recorded'}
          {allergies.state === 'ready' && allergies.value.length > 0 && (
            <strong className={styles.allergy}>
              {allergies.value.map((allergy) => allergy.label).join(', ')}
            </strong>
          )}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
