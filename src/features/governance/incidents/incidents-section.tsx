import { isAbout, useIncidents } from '#src/state/governance/incidents.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';
import { Button } from '#src/ui/button.tsx';
import { Failed } from '../frame.tsx';
import classes from '../governance.module.css';
import { useNavigation } from '../navigation.ts';
import { timeWords } from '../words.ts';
import { stepName, whatWords } from './incident-words.ts';

/** What was reported about this version, with the last step of each; the work is on its own screen. */
export function IncidentsSection({ version }: { readonly version: RegisteredVersion }) {
  const { data, error } = useIncidents();
  const { toIncidents } = useNavigation();
  const own = data?.filter((one) => isAbout(one, version)) ?? [];
  return (
    <section aria-labelledby="reports" className={classes.stack}>
      <h2 className={classes.heading} id="reports">
        Safety reports
      </h2>
      {error && <Failed error={error} />}
      {data && own.length === 0 && <p className={classes.more}>None is on record.</p>}
      {own.length > 0 && (
        <>
          <ul aria-label="Safety reports of this version" className={classes.list}>
            {own.map(({ task, what, merp, reportedAt, steps, status }) => (
              <li key={task}>
                {whatWords(what)}
                {merp && `, NCC MERP ${merp}`}, {timeWords(reportedAt)}:{' '}
                {status === 'completed' ? 'closed' : lastStep(steps)}
              </li>
            ))}
          </ul>
          <div className={classes.line}>
            <Button onClick={toIncidents}>Open safety reports</Button>
          </div>
        </>
      )}
    </section>
  );
}

type Steps = NonNullable<ReturnType<typeof useIncidents>['data']>[number]['steps'];

function lastStep(steps: Steps): string {
  const last = steps.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
  return last === undefined
    ? 'nobody has taken it on'
    : `open, last ${stepName(last.step).toLowerCase()}`;
}
