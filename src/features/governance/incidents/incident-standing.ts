import {
  type ClockStanding,
  clocksOf,
  urgencyOf,
} from '#src/domain/governance/incidents/incident-clock.ts';
import type { SiteClocks } from '#src/domain/governance/incidents/incident-clock-lines.ts';
import type { IncidentOnPage } from './incident-card.tsx';

/** How the clocks of one report stand. @param now epoch ms */
export function incidentClocks(
  { merp, harm, unsafe, what, reportedAt, steps }: IncidentOnPage,
  site: SiteClocks,
  now: number,
): readonly ClockStanding[] {
  const urgency = urgencyOf({
    ...(merp && { merp }),
    ...(harm && { harm }),
    ...{ unsafe, reached: what === 'reached-patient' },
  });
  const done = new Map(steps.map(({ step, at }) => [step, Date.parse(at)] as const));
  const offsetMinutes = -new Date(now).getTimezoneOffset();
  return clocksOf(site.clocks, urgency, Date.parse(reportedAt), done, { now, offsetMinutes });
}
