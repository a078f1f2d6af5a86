import { useCallback } from 'react';
import { readMedications } from '../readers/medication.ts';
import { readAllergies, readProblems } from '../readers/summary.ts';
import { calendarDate } from '../readers/time.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import { Box } from './section.tsx';
import styles from './summary.module.css';

const none = (items: readonly unknown[]) => items.length === 0;

export function SummarySection({ patientId }: { readonly patientId: string }) {
  const { access } = useSession();
  const search = access.search;
  const [problems, retryProblems] = useLoad(
    useCallback(
      async () => readProblems(await search(`Condition?patient=${patientId}&_count=100`)),
      [search, patientId],
    ),
  );
  const [allergies, retryAllergies] = useLoad(
    useCallback(
      async () => readAllergies(await search(`AllergyIntolerance?patient=${patientId}`)),
      [search, patientId],
    ),
  );
  const [orders, retryOrders] = useLoad(
    useCallback(
      async () =>
        readMedications(
          await search(`MedicationRequest?patient=${patientId}&status=active&_count=100`),
          [],
        ),
      [search, patientId],
    ),
  );
  return (
    <>
      <Box
        title="Problems"
        loaded={problems}
        onRetry={retryProblems}
        isEmpty={none}
        empty="No problems recorded."
      >
        {(items) => (
          <ul className={styles.lines}>
            {items.map((problem) => (
              <li key={problem.id}>
                <span>
                  {problem.label}
                  {problem.status !== undefined && problem.status !== 'active' && (
                    <span className={styles.quiet}> ({problem.status})</span>
                  )}
                </span>
                <span className={styles.quiet}>{calendarDate(problem.since)}</span>
              </li>
            ))}
          </ul>
        )}
      </Box>
      <Box
        title="Allergies"
        loaded={allergies}
        onRetry={retryAllergies}
        isEmpty={none}
        empty="No allergies recorded."
      >
        {(items) => (
          <ul className={styles.lines}>
            {items.map((allergy) => (
              <li key={allergy.id}>
                <strong className={styles.allergy}>{allergy.label}</strong>
                <span className={styles.quiet}>
                  {[allergy.reaction, allergy.high ? 'high risk' : undefined]
                    .filter((part) => part !== undefined)
                    .join(', ')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Box>
      <Box
        title="Active medications"
        loaded={orders}
        onRetry={retryOrders}
        isEmpty={none}
        empty="No active orders."
      >
        {(items) => (
          <ul className={styles.lines}>
            {items.map((order) => (
              <li key={order.id}>
                <span>{order.label}</span>
                <span className={styles.quiet}>
                  {[order.dose, order.schedule].filter((part) => part !== undefined).join(', ')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Box>
    </>
  );
}
