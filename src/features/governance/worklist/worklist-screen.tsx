import { needsAnswer } from '#src/domain/governance/feedback/comments.ts';
import { byDue, escalationClock } from '#src/domain/governance/limits/escalation-clock.ts';
import { OWN_CLOCKS, useClocks } from '#src/state/governance/clocks.ts';
import { useWhatWasSaid } from '#src/state/governance/comments.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useEscalations } from '#src/state/governance/escalations.ts';
import { useIncidents } from '#src/state/governance/incidents.ts';
import { useRegistry } from '#src/state/governance/registry.ts';
import { useTransitions } from '#src/state/governance/transitions.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useNow } from '#src/state/use-now.ts';
import { reasonWords, routeWords } from '../comments/comment-words.ts';
import { Failed, Frame } from '../frame.tsx';
import classes from '../governance.module.css';
import { incidentClocks } from '../incidents/incident-standing.ts';
import { stepName, whatWords } from '../incidents/incident-words.ts';
import { useNavigation } from '../navigation.ts';
import { stateInText, versionName } from '../words.ts';
import { endingApprovals } from './worklist-approvals.ts';
import { Due } from './worklist-due.tsx';
import { WorklistEscalation } from './worklist-escalation.tsx';
import { Waiting } from './worklist-waiting.tsx';

/** Everything about models that waits for somebody, what is due first at the top. */
export function WorklistScreen() {
  const { clock } = useGovernanceDeps();
  const now = useNow(clock);
  return (
    <Frame title="Worklist">
      <Escalations now={now} />
      <Reports now={now} />
      <Approvals now={now} />
      <Comments />
    </Frame>
  );
}

interface AtTime {
  readonly now: number;
}

function Escalations({ now }: AtTime) {
  const { data, error } = useEscalations();
  const nameOf = useGovernanceNames(data?.flatMap(({ owner }) => owner ?? []) ?? []);
  const open = (data ?? [])
    .filter(({ standing }) => standing !== 'done')
    .toSorted((a, b) => byDue(escalationClock(a, now), escalationClock(b, now)));
  const done = data?.filter(({ standing }) => standing === 'done') ?? [];
  return (
    <section aria-label="Breaches and signals" className={classes.stack}>
      <h2 className={classes.heading}>Breaches and signals</h2>
      {error && <Failed error={error} />}
      {!data && !error && <p role="status">Reading what waits …</p>}
      {data && open.length === 0 && (
        <p className={classes.more}>
          Nothing waits. “clinician-feedback monitor --escalate” opens what it finds.
        </p>
      )}
      {open.map((one) => (
        <WorklistEscalation escalation={one} key={one.task} nameOf={nameOf} now={now} />
      ))}
      {done.length > 0 && (
        <details>
          <summary className={classes.summary}>Done: {done.length}</summary>
          <div className={classes.stack}>
            {done.map((one) => (
              <WorklistEscalation escalation={one} key={one.task} nameOf={nameOf} now={now} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function Reports({ now }: AtTime) {
  const { data, error } = useIncidents();
  const clocks = useClocks();
  const { toIncidents } = useNavigation();
  if (error) return <Failed error={error} />;
  const open = data
    ?.filter(({ status }) => status !== 'completed')
    .map((incident) => {
      const standing = incidentClocks(incident, clocks.data ?? OWN_CLOCKS, now);
      const next = standing
        .filter(({ state }) => state === 'running' || state === 'late')
        .toSorted(byDue)[0];
      return { incident, next };
    })
    .toSorted((a, b) => byDue(a.next, b.next));
  return (
    <Waiting
      lines={open?.map(({ incident, next }) => ({
        key: incident.task,
        words: (
          <>
            {whatWords(incident.what)}: {incident.modelName ?? 'model not named'}{' '}
            {next && <Due due={next.due} now={now} what={stepName(next.step)} />}
          </>
        ),
      }))}
      none="No report is open."
      onOpen={toIncidents}
      open="Open safety reports"
      title="Safety reports to work on"
    />
  );
}

function Approvals({ now }: AtTime) {
  const registry = useRegistry();
  const transitions = useTransitions();
  const { toRegistry } = useNavigation();
  const error = registry.error ?? transitions.error;
  if (error) return <Failed error={error} />;
  const versions = registry.data?.versions ?? [];
  const nameOf = (device: string): string => {
    const found = versions.find((one) => one.device === device);
    return found ? versionName(found.model) : device;
  };
  const asked = (transitions.data ?? []).filter(({ status }) => status === 'requested');
  const ending = endingApprovals(versions, now).toSorted(byDue);
  return (
    <Waiting
      lines={
        registry.data &&
        transitions.data && [
          ...asked.map(({ task, device, to }) => ({
            key: task,
            words: `${nameOf(device)}: somebody proposed that it becomes ${stateInText(to)}.`,
          })),
          ...ending.map(({ device, due }) => ({
            key: device,
            words: (
              <>
                {nameOf(device)} <Due due={due} now={now} what="Approval ends" />
              </>
            ),
          })),
        ]
      }
      none="No proposal waits, and no approval ends within 30 days."
      onOpen={toRegistry}
      open="Open models"
      title="Approvals due"
    />
  );
}

function Comments() {
  const { data, error } = useWhatWasSaid();
  const { toComments } = useNavigation();
  if (error) return <Failed error={error} />;
  const open = data?.standings.filter((one) => needsAnswer(one.group) && one.open.length > 0);
  return (
    <Waiting
      lines={open?.map(({ group, open: waiting }) => ({
        key: group.key,
        words: `${reasonWords(group.reason)}: ${waiting.length} to answer. ${routeWords(group.route)}.`,
      }))}
      none="Nothing that clinicians said waits for an answer."
      onOpen={toComments}
      open="Open what clinicians said"
      title="Comments to answer"
    />
  );
}
