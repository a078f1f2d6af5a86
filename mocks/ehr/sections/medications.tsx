import { useCallback } from 'react';
import { ScrollRegion } from '../parts/scroll-region.tsx';
import { type Given, type MedicationOrder, readMedications } from '../readers/medication.ts';
import { clockTime } from '../readers/time.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './medications.module.css';
import { Box } from './section.tsx';

const SHOWN = 6;

export function MedicationsSection({ patientId }: { readonly patientId: string }) {
  const { search } = useSession().access;
  const load = useCallback(async () => {
    const [requests, given] = await Promise.all([
      search(`MedicationRequest?patient=${patientId}&_count=100`),
      search(`MedicationAdministration?patient=${patientId}&_count=200`),
    ]);
    return readMedications(requests, given);
  }, [search, patientId]);
  const [orders, retry] = useLoad(load);
  return (
    <Box
      title="Medication administration record"
      loaded={orders}
      onRetry={retry}
      isEmpty={(items) => items.length === 0}
      empty="No medications ordered or given."
    >
      {(items) => (
        <ScrollRegion className={styles.scroll} label="Administration record">
          <table className={styles.mar}>
            <thead>
              <tr>
                <th scope="col">Medication</th>
                <th scope="col">Schedule</th>
                <th scope="col">Administrations, newest first</th>
              </tr>
            </thead>
            <tbody>
              {items.map((order) => (
                <Order key={order.id} order={order} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Box>
  );
}

function Order({ order }: { readonly order: MedicationOrder }) {
  const now = useSession().clock();
  return (
    <tr data-ended={order.status !== 'active'}>
      <th scope="row">
        {order.label}
        {order.dose !== undefined && <span className={styles.dose}>{order.dose}</span>}
      </th>
      <td>
        {order.schedule ?? '–'}
        {order.status !== 'active' && <span className={styles.status}>{order.status}</span>}
      </td>
      <td>
        {order.given.length === 0 && <span className={styles.status}>none charted</span>}
        {order.given.slice(0, SHOWN).map((given) => (
          <span key={given.id} className={styles.given} data-status={given.status}>
            {words(given)} {clockTime(given.at, now)}
          </span>
        ))}
        {order.given.length > SHOWN && (
          <span className={styles.status}>and {order.given.length - SHOWN} earlier</span>
        )}
      </td>
    </tr>
  );
}

function words(given: Given): string {
  const dose = given.dose === undefined ? '' : ` ${given.dose}`;
  if (given.status === 'completed') return `Given${dose}`;
  if (given.status === 'in-progress') return `Running${dose}, since`;
  if (given.status === 'not-done') return 'Not given';
  return given.status;
}
