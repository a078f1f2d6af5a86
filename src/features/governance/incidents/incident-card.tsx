import { useState } from 'react';
import { dueAt } from '#src/domain/governance/incidents/incident-clock.ts';
import type { SiteClocks } from '#src/domain/governance/incidents/incident-clock-lines.ts';
import { isAbout, type useIncidents } from '#src/state/governance/incidents.ts';
import { useRegistry } from '#src/state/governance/registry.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Badge } from '#src/ui/badge.tsx';
import { Button } from '#src/ui/button.tsx';
import classes from '../governance.module.css';
import { SuspendForm } from '../models/suspend-form.tsx';
import { useNavigation } from '../navigation.ts';
import { timeWords, versionName } from '../words.ts';
import { IncidentReply } from './incident-reply.tsx';
import { incidentClocks } from './incident-standing.ts';
import { IncidentSteps } from './incident-steps-list.tsx';
import { clockWords, whatWords } from './incident-words.ts';

export type IncidentOnPage = NonNullable<ReturnType<typeof useIncidents>['data']>[number];

export interface IncidentCardProps {
  readonly incident: IncidentOnPage;
  readonly site: SiteClocks;
  readonly nameOf: NameOf;
  readonly now: number;
}

/** One report: what was reported, how its clocks stand, and the work on it. */
export function IncidentCard({ incident, site, nameOf, now }: IncidentCardProps) {
  const { what, merp, harm, words, reporter, unit, modelName, attribution } = incident;
  const reportedAt = Date.parse(incident.reportedAt);
  const offsetMinutes = -new Date(now).getTimezoneOffset();
  const clocks = incidentClocks(incident, site, now);
  const late = clocks.some(({ state }) => state === 'late');
  const title = `${whatWords(what)}: ${modelName ?? 'model not named'}`;
  return (
    <article
      aria-label={`${title}, ${timeWords(incident.reportedAt)}`}
      className={classes.card}
      data-tone={late ? 'danger' : 'plain'}
    >
      <header className={classes.top}>
        <h2 className={classes.name}>{title}</h2>
        {merp && <Badge tone="warn">NCC MERP {merp}</Badge>}
        {harm && <Badge>AHRQ harm: {harm}</Badge>}
      </header>
      <p className={classes.more}>
        Reported {timeWords(incident.reportedAt)} by{' '}
        {reporter === undefined ? 'somebody whose name is withheld' : nameOf(reporter)}
        {unit !== undefined && `, ${nameOf(unit)}`}. {attribution}
      </p>
      {words !== undefined && <p className={classes.prose}>{words}</p>}
      <ul aria-label="Clocks" className={classes.list}>
        {clocks.map((one) => (
          <li key={one.step}>{clockWords(one, now)}</li>
        ))}
      </ul>
      <details>
        <summary className={classes.summary}>Duties that may exist elsewhere</summary>
        <p className={classes.more}>
          Whether this has to be reported to anybody, people decide. If it has, these would be the
          terms.
        </p>
        <ul className={classes.list}>
          {site.reminders.map(({ words: duty, within }) => (
            <li key={duty}>
              {duty}: {timeWords(new Date(dueAt(reportedAt, within, offsetMinutes)).toISOString())}
            </li>
          ))}
        </ul>
      </details>
      <Containing incident={incident} />
      <IncidentSteps incident={incident} nameOf={nameOf} />
      <IncidentReply incident={incident} />
    </article>
  );
}

/** Suspends the model of this report; the report and its frozen evidence stay as they are. */
function Containing({ incident }: Pick<IncidentCardProps, 'incident'>) {
  const { data } = useRegistry();
  const { may } = useRights();
  const { toModel } = useNavigation();
  const [open, setOpen] = useState(false);
  const version = data?.versions.find((one) => isAbout(incident, one));
  if (!version) return null;
  return (
    <>
      <div className={classes.line}>
        <Button onClick={() => toModel(version.device)}>Open {versionName(version.model)}</Button>
        {may('suspend') && !open && (
          <Button onClick={() => setOpen(true)} tone="danger">
            Suspend {versionName(version.model)}
          </Button>
        )}
      </div>
      {open && (
        <SuspendForm
          because={`Safety report of ${timeWords(incident.reportedAt)}. `}
          from={version.records[0]?.state ?? 'unknown'}
          onClose={() => setOpen(false)}
          version={version}
        />
      )}
    </>
  );
}
