import { episodeId, type Finding, type Found } from '#src/domain/governance/limits/escalation.ts';
import {
  type ActionTaken,
  readEscalation,
  toEscalation,
  withAction,
} from '#src/fhir/governance/escalation.fhir.ts';
import type { Clock } from '../clock.ts';
import { FhirError, type FhirGateway } from '../gateway.ts';
import { followUp, type Told } from './follow-up.ts';
import { changed, known, NotGivenBack, once } from './on-record.ts';
import { putInForce } from './put-in-force.ts';
import {
  readEscalations,
  readVersions,
  type TaskOnRecord,
  type VersionOnRecord,
} from './read-registry.ts';
import { WebhookFailed } from './webhook.ts';

export interface EscalateOptions extends Told {
  readonly gateway: FhirGateway;
  readonly clock: Clock;
}

/** What a run did, in words; what failed, the next run does. */
export interface EscalateReport {
  readonly done: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Brings what was found to who has to answer, once for each episode however often it is run, and from
 * wherever an earlier run broke off. What fails for one matter holds up no other. Throws where the
 * registry cannot be read.
 */
export async function escalate(options: EscalateOptions, found: Found): Promise<EscalateReport> {
  const { gateway, clock } = options;
  const at = clock.now();
  const versions = await readVersions(gateway, [...new Set(found.findings.map(modelOf))]);
  const before = await readEscalations(gateway);
  const done: string[] = [];
  const problems: string[] = [];
  const attempt = async (title: string, work: () => Promise<readonly string[]>): Promise<void> => {
    try {
      done.push(...(await work()).map((words) => `${title}: ${words}`));
    } catch (cause) {
      if (!isForNextTime(cause)) throw cause;
      problems.push(`${title}: ${cause.message}`);
    }
  };
  for (const finding of found.findings)
    await attempt(finding.title, () => openEpisode({ ...options, at }, finding, versions, before));
  for (const one of await readEscalations(gateway))
    await attempt(one.escalation.title, () =>
      followUp({ ...options, at }, one, found.isOver(one.escalation.key)),
    );
  return { done, problems };
}

const modelOf = ({ model }: Finding): string => model;

const isForNextTime = (cause: unknown): cause is Error =>
  cause instanceof FhirError || cause instanceof NotGivenBack || cause instanceof WebhookFailed;

/**
 * The action first, then the Task that says what was done. Where the action fails, the Task is opened all
 * the same, says that it failed, and the next run tries again. Throws what made it fail.
 */
async function openEpisode(
  { gateway, by, at }: EscalateOptions & { readonly at: number },
  finding: Finding,
  versions: readonly VersionOnRecord[],
  before: readonly TaskOnRecord[],
): Promise<readonly string[]> {
  const onRecord = before.map(({ escalation }) => escalation);
  const id = episodeId(finding, onRecord, at);
  const there =
    before.find(({ escalation }) => escalation.id === id)?.resource ??
    (await known(gateway, 'Task', id));
  if (there && readEscalation(there, gateway.baseUrl)?.action !== undefined) return [];
  const about = versions.filter((one) => isAbout(finding, one));
  const { action, failure } = await tried(() =>
    putInForce({ gateway, by, at }, id, finding, about),
  );
  const draft = { id, finding, device: about[0]?.device, action, by, at };
  const task = there ?? (await once(gateway, 'Task', id, () => toEscalation(draft)));
  if (readEscalation(task, gateway.baseUrl)?.key !== finding.key)
    throw new NotGivenBack('The server does not give the task back as it was sent.');
  if (failure) throw failure;
  if (there && action && !(await changed(gateway, withAction(there, action, at))))
    throw new NotGivenBack('Somebody changed the task meanwhile; the next run completes it.');
  return [`${there ? 'completed' : 'opened'} for ${finding.owner}. ${action?.words ?? ''}`];
}

interface Tried {
  readonly action: ActionTaken | undefined;
  readonly failure?: Error;
}

async function tried(work: () => Promise<ActionTaken>): Promise<Tried> {
  try {
    return { action: await work() };
  } catch (cause) {
    if (!isForNextTime(cause)) throw cause;
    return { action: undefined, failure: cause };
  }
}

/** Tables name a model by its identifier, or by its Device; `unknown` is a version that nobody told. */
const isAbout = ({ model, version }: Finding, one: VersionOnRecord): boolean =>
  (one.identifier === model || one.device === model) &&
  (version === undefined || version === 'unknown' || one.version === version);
