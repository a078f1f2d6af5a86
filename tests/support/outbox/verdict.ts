import type { Observation } from 'fhir/r4';
import type { Sandbox } from '#mocks/sandbox.ts';
import { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';
import { type Decision, NONE } from './decision.ts';
import { judgeReports } from './reports.ts';
import { EHR, type World } from './world.ts';

/** What was found at the end; every number must be 0 but the first and the last. */
export interface Verdict {
  readonly decisions: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrongPatient: number;
  readonly wrongContent: number;
  readonly stuck: number;
  /** Further copies under one identifier, where the server makes them; readers count them once. */
  readonly surplus: number;
  /** What is wrong, for a person. */
  readonly findings: readonly string[];
}

const WHO = ['ada', 'ben'].flatMap((user) =>
  ['p1', 'p2'].map((patient) => ({ user, patient, anyPatient: false })),
);

/** The server works, each user opens each patient again, and a person retries what asks for one. */
export async function recover(world: World): Promise<void> {
  for (let round = 0; round < 3; round++) {
    for (const tab of world.living) tab.kill();
    await world.settle();
    for (const server of world.servers) server.faults.clear();
    for (const who of WHO) {
      const tab = await world.open(who);
      await world.advance(round === 0 ? 20_000 : 140_000);
      for (const { answer, delivery } of tab.outbox.items())
        if (delivery.state === 'rejected' || delivery.state === 'unknown')
          await tab.outcome(tab.outbox.retry(answer.id));
      for (const { report, delivery } of tab.outbox.reports())
        if (delivery.state === 'rejected' || delivery.state === 'unknown')
          await tab.outcome(tab.outbox.retry(report.id));
      await world.advance(round === 0 ? 5_000 : 140_000);
    }
    if ((await waiting(world)) === 0) return;
  }
}

async function waiting(world: World): Promise<number> {
  let count = 0;
  for (const user of ['ada', 'ben']) {
    const owner = { issuer: world.sandbox.fhirBase, user: `Practitioner/${user}` };
    const store = new IndexedDbStore({ owner, clock: world.clock, durable: true });
    const { items, unreadable } = await store.load();
    count += items.length + unreadable;
    store.close();
  }
  return count;
}

/** Read from each server as it is, by none of the app's own readers. */
export async function judge(world: World): Promise<Verdict> {
  const all = world.servers.map((server) => judgeServer(world, server));
  const findings = [...all.flatMap((one) => one.findings), ...judgeReports(world)];
  const count = (kind: string) => findings.filter((one) => one.startsWith(`${kind}:`)).length;
  return {
    decisions: world.decisions.length + world.reports.length,
    lost: count('lost'),
    doubled: count('doubled') + count('stray'),
    wrongPatient: count('wrong patient'),
    wrongContent: count('wrong content'),
    stuck: await waiting(world),
    surplus: all.reduce((sum, one) => sum + one.surplus, 0),
    findings,
  };
}

/** Across stores a reference is absolute; what it points to is in the EHR. */
const plain = (reference = ''): string => reference.replace(`${EHR}/fhir/`, '');

function judgeServer(world: World, server: Sandbox) {
  const stored = server
    .list('Observation')
    .filter(({ identifier }) => identifier?.[0]?.value?.startsWith('urn:uuid:'));
  const byFocus = Map.groupBy(stored, ({ focus }) => plain(focus?.[0]?.reference));
  const known = new Set(world.decisions.map(({ key }) => `RiskAssessment/${key}`));
  const judged = world.decisions.map((decision) =>
    judgeOne(decision, byFocus.get(`RiskAssessment/${decision.key}`) ?? [], world),
  );
  const findings = judged.flatMap((one) => one.findings);
  for (const key of byFocus.keys()) if (!known.has(key)) findings.push(`stray: ${key}`);
  return { findings, surplus: judged.reduce((sum, one) => sum + one.surplus, 0) };
}

const idOf = ({ identifier }: Observation) => identifier?.[0]?.value ?? '';
const responseOf = ({ valueCodeableConcept }: Observation) =>
  valueCodeableConcept?.coding?.[0]?.code ?? '';

function replacedBy(observation: Observation, all: readonly Observation[]): readonly string[] {
  return (observation.extension ?? [])
    .filter(({ url }) => url.endsWith('/observation-replaces'))
    .flatMap(({ valueReference }) => {
      const named = valueReference?.identifier?.value;
      const placed = all.find(({ id }) => valueReference?.reference === `Observation/${id}`);
      return named ?? (placed ? idOf(placed) : []);
    });
}

function judgeOne(decision: Decision, stored: readonly Observation[], world: World) {
  const findings: string[] = [];
  const replaced = new Set(stored.flatMap((one) => replacedBy(one, stored)));
  const byId = Map.groupBy(stored, idOf);
  let surplus = 0;
  for (const [id, copies] of byId) {
    const valid = copies.filter(({ status }) => status === 'final').length;
    if (copies.length > 1 && world.conditionalCreate)
      findings.push(`doubled: ${decision.key} ${id}`);
    surplus += Math.max(0, valid - 1);
    if (!decision.answers.has(id)) findings.push(`wrong content: ${decision.key} unknown ${id}`);
  }
  const current = [...byId.keys()].filter((id) => {
    const copies = byId.get(id) ?? [];
    const counts = copies.some((one) => one.status === 'final' && responseOf(one) !== 'withdrawn');
    return counts && !replaced.has(id);
  });
  const [one, ...others] = current.length > 0 ? current : [NONE];
  const text = `${decision.key} has ${current.join(' ') || NONE}, expected ${[...decision.allowed].join(' or ')}`;
  if (others.length > 0) findings.push(`doubled: ${text}`);
  else if (!decision.allowed.has(one ?? NONE))
    findings.push(`${one === NONE ? 'lost' : 'wrong content'}: ${text}`);
  for (const copy of stored) findings.push(...judgeCopy(decision, copy));
  return { findings, surplus };
}

function judgeCopy(decision: Decision, copy: Observation): readonly string[] {
  const said = decision.answers.get(idOf(copy));
  const findings: string[] = [];
  if (copy.subject?.reference !== `Patient/${decision.patient}`)
    findings.push(`wrong patient: ${decision.key} on ${copy.subject?.reference}`);
  if (plain(copy.performer?.[0]?.reference) !== `Practitioner/${decision.user}`)
    findings.push(`wrong content: ${decision.key} by ${copy.performer?.[0]?.reference}`);
  const wordings = (said?.comment ?? '').split('|');
  const note = copy.note?.[0]?.text ?? '';
  if (said && (responseOf(copy) !== said.response || !wordings.includes(note)))
    findings.push(`wrong content: ${decision.key} ${responseOf(copy)} ${note}`);
  return findings;
}
