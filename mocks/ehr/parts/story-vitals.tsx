import { useCallback } from 'react';
import { latest } from '../readers/flowsheet.ts';
import { resourcesOf } from '../readers/json.ts';
import { isAbnormal, readResults } from '../readers/observation.ts';
import { ago } from '../readers/time.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './story-vitals.module.css';

const SHOWN: readonly (readonly string[])[] = [
  ['8867-4'],
  ['8480-6'],
  ['8462-4'],
  ['9279-1'],
  ['59408-5', '2708-6'],
  ['8310-5'],
  ['29463-7'],
];

/** The latest of each vital sign, in the column beside the chart. */
export function StoryVitals({ patientId }: { readonly patientId: string }) {
  const { access, clock } = useSession();
  const load = useCallback(async () => {
    const query = `Observation?patient=${patientId}&category=vital-signs&_sort=-date&_count=100`;
    return resourcesOf(await access.bundle(query)).flatMap(readResults);
  }, [access, patientId]);
  const [vitals] = useLoad(load);
  if (vitals.state !== 'ready') return null;
  const results = SHOWN.map((keys) => latest(vitals.value, ...keys)).filter(
    (result) => result !== undefined,
  );
  const newest = latest(vitals.value, ...SHOWN.flat());
  if (newest === undefined) return null;
  return (
    <div className={styles.vitals}>
      <h3>
        Latest vitals <span>{ago(newest.at, clock())}</span>
      </h3>
      <ul>
        {results.map((result) => (
          <li key={result.key} data-abnormal={isAbnormal(result.flag)}>
            <span>{result.label}</span>
            <span>
              {result.text} {result.unit}
              {isAbnormal(result.flag) && ` ${result.flag}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
