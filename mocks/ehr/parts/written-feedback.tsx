import { useCallback } from 'react';
import { FEEDBACK_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { FHIR_BASE } from '../api.ts';
import { resourcesOf } from '../readers/json.ts';
import type { ChartPatient } from '../readers/patient.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './sandbox-tools.module.css';
import { ScrollRegion } from './scroll-region.tsx';

/** The feedback Observations as any FHIR client finds them: a plain search, shown as it comes. */
export function WrittenFeedback({ patient }: { readonly patient: ChartPatient | undefined }) {
  const { access } = useSession();
  const query = [
    `Observation?category=${SYSTEM.feedbackCategory}|${FEEDBACK_CATEGORY}`,
    ...(patient === undefined ? [] : [`patient=${patient.id}`]),
    '_sort=-date',
    '_count=50',
  ].join('&');
  const load = useCallback(async () => resourcesOf(await access.bundle(query)), [access, query]);
  const [found, reload] = useLoad(load);
  return (
    <>
      <p>
        Feedback Observations {patient === undefined ? 'of all patients' : `of ${patient.name}`}, by
        a plain FHIR search:
      </p>
      <p className={styles.query}>
        GET {FHIR_BASE}/{query}
      </p>
      <div className={styles.buttons}>
        <button type="button" onClick={reload}>
          Search again
        </button>
        <span role="status">
          {found.state === 'loading' && 'Searching…'}
          {found.state === 'failed' && found.message}
          {found.state === 'ready' && `${found.value.length} found`}
        </span>
      </div>
      {found.state === 'ready' && found.value.length > 0 && (
        <ScrollRegion className={styles.json} label="Feedback Observations as JSON">
          <pre>{JSON.stringify(found.value, null, 2)}</pre>
        </ScrollRegion>
      )}
    </>
  );
}
