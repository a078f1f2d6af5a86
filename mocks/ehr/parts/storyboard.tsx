import { type ReactNode, useCallback } from 'react';
import { bannerName } from '../readers/patient.ts';
import { readAllergies } from '../readers/summary.ts';
import { ago, calendarDate } from '../readers/time.ts';
import { type OpenChart, useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import { NameAlert } from './name-alert.tsx';
import { StoryVitals } from './story-vitals.tsx';
import styles from './storyboard.module.css';

const SEX_WORDS: Readonly<Record<string, string>> = {
  F: 'female',
  M: 'male',
  X: 'other',
  U: 'sex unknown',
};

interface StoryboardProps {
  readonly chart: OpenChart;
  /** On a narrow screen: only who and where. */
  readonly brief: boolean;
}

/** Who this is and what must not be overlooked: on the screen as long as the chart is. */
export function Storyboard({ chart, brief }: StoryboardProps) {
  const { patient, encounter, similarName } = chart;
  const { access, clock } = useSession();
  const load = useCallback(
    async () => readAllergies(await access.search(`AllergyIntolerance?patient=${patient.id}`)),
    [access, patient.id],
  );
  const [allergies] = useLoad(load);
  const stay = ago(encounter?.admitted, clock());
  const place = [encounter?.bed, encounter?.unit].filter((part) => part !== undefined).join(', ');
  return (
    <section className={styles.story} aria-label="Patient header" data-brief={brief}>
      <h2>{bannerName(patient)}</h2>
      <p className={styles.key}>
        {patient.age ?? 'Age unknown'}, {SEX_WORDS[patient.sex]}
        {patient.deceased && ', deceased'}
        {similarName && <NameAlert />}
      </p>
      <dl>
        <Fact term="MRN">{patient.mrn ?? '–'}</Fact>
        <Fact term="Bed">{place || '–'}</Fact>
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
        <Fact term="Born">{calendarDate(patient.birthDate)}</Fact>
        <Fact term="Admitted">
          {calendarDate(encounter?.admitted)}
          {stay !== undefined && ` (${stay})`}
        </Fact>
        <Fact term="Reason for stay">{encounter?.reason ?? '–'}</Fact>
        {encounter?.attending !== undefined && <Fact term="Attending">{encounter.attending}</Fact>}
      </dl>
      <StoryVitals patientId={patient.id} />
    </section>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
