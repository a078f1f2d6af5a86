import type { Answer } from '#src/domain/feedback.ts';
import { also, choice, type Decision, NONE, only } from './decision.ts';
import type { Operation } from './operations.ts';
import { reportConcern } from './reports.ts';
import type { TestTab } from './test-tab.ts';
import type { World } from './world.ts';

const USERS = ['ada', 'ben'];
const PATIENTS = ['p1', 'p2'];
const PATHS = [
  { method: 'POST', path: '/fhir/Observation' },
  { method: 'GET', path: '/fhir/Observation/*' },
  { method: 'POST', path: '/fhir/Observation/_search' },
  { method: 'PUT', path: '/fhir/Observation/*' },
  { method: 'POST', path: '/fhir/DocumentReference' },
  { method: 'POST', path: '/fhir/AdverseEvent' },
  { method: 'GET', path: '/fhir/AdverseEvent/*' },
  { method: 'POST', path: '/fhir/Task' },
  {},
];

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % (list.length || 1)];

/** Does one operation to the real thing, and notes what a careful observer would expect of it. */
export async function liveThrough(world: World, operation: Operation): Promise<void> {
  switch (operation.do) {
    case 'advance':
      return await world.advance(operation.ms);
    case 'jump':
      return world.clock.jump(operation.ms);
    case 'server':
      return pick(world.servers, operation.on + operation.count)?.faults.add({
        effect: operation.effect,
        count: operation.count,
        ...pick(PATHS, operation.on),
      });
    case 'server-recovers':
      for (const server of world.servers) server.faults.clear();
      return;
    case 'delete-database':
      return await deleteDatabase(world);
    case 'open':
      await world.open({
        user: USERS[operation.user] ?? 'ada',
        patient: PATIENTS[operation.patient] ?? 'p1',
        anyPatient: operation.any,
      });
      return;
    default:
      return await inTab(world, operation);
  }
}

/** What nobody has in memory is gone with the database, and nobody can bring it back. */
async function deleteDatabase(world: World): Promise<void> {
  await world.settle();
  const sound = world.living.filter(({ store }) => !store.armed).map(({ who }) => who.user);
  const users = [
    ...world.decisions.map(({ user }) => user),
    ...world.reports.map(({ report }) => report.performer.reference.slice('Practitioner/'.length)),
  ];
  if (users.every((user) => sound.includes(user))) await world.deleteDatabase();
}

type InTab = Extract<Operation, { readonly tab: number }>;

async function inTab(world: World, operation: InTab): Promise<void> {
  const tab = pick(world.living, operation.tab);
  if (!tab) return;
  switch (operation.do) {
    case 'answer':
      return await answer(world, tab, operation.content);
    case 'report':
      return await reportConcern(world, tab, operation.content);
    case 'hide':
      return tab.outbox.flush();
    case 'hide-and-kill':
      tab.outbox.flush();
      // A page that is left gets to start its request, and hears nothing of it.
      await Promise.resolve();
      return tab.kill();
    case 'kill':
      return tab.kill();
    case 'token-ends': {
      // The tab stays, without a token; its user signs in again in a new one.
      tab.kill();
      await world.open(tab.who, '');
      return;
    }
    case 'device':
      return tab.store.break(operation.fault);
    default:
      return await changeOfMind(world, tab, operation);
  }
}

type ChangeOfMind = Extract<InTab, { readonly which: number }>;

async function changeOfMind(world: World, tab: TestTab, operation: ChangeOfMind): Promise<void> {
  const mine = world.decisions.filter(
    ({ user, patient, allowed }) =>
      user === tab.who.user &&
      patient === tab.who.patient &&
      allowed.size === 1 &&
      !allowed.has(NONE),
  );
  const decision = pick(mine.slice(-6), operation.which);
  const [current] = decision?.allowed ?? [];
  if (!decision || current === undefined) return;
  if (operation.do === 'amend')
    return await amend(world, tab, decision, current, operation.content);
  if (operation.do === 'edit') return await edit(tab, decision, current);
  if (operation.do === 'retract') return await retract(world, tab, decision, current);
  const undone = await tab.outcome(tab.outbox.undo(current));
  const before = decision.before.at(-1) ?? only(NONE);
  if (undone === true) {
    decision.allowed = before;
    decision.before.pop();
  }
  if (undone === false) await retract(world, tab, decision, current);
  if (undone === 'killed') decision.allowed = new Set([...decision.allowed, ...before]);
}

function makeAnswer(world: World, decision: Decision, content: number, replaces?: string): Answer {
  const id = world.uuid();
  const server = world.sandbox.fhirBase;
  const made: Answer = {
    ...choice(id, content),
    id,
    issuer: server,
    patient: `Patient/${decision.patient}`,
    recommendation: { ref: { server, type: 'RiskAssessment', id: decision.key } },
    performer: { reference: `Practitioner/${decision.user}` },
    answeredAt: new Date(world.clock.now()).toISOString(),
    context: { appVersion: '0' },
    ...(replaces && { replaces: { id: replaces } }),
  };
  decision.answers.set(id, made);
  return made;
}

async function answer(world: World, tab: TestTab, content: number): Promise<void> {
  const decision: Decision = {
    key: `r${world.decisions.length}`,
    user: tab.who.user,
    patient: tab.who.patient,
    answers: new Map(),
    allowed: only(NONE),
    before: [],
  };
  world.decisions.push(decision);
  const made = makeAnswer(world, decision, content);
  note(decision, made.id, await tab.outcome(tab.outbox.submit(made)));
}

/** Saved: it counts. Refused: it does not. Killed before the screen said either: both are true. */
function note(decision: Decision, id: string, outcome: unknown) {
  if (outcome === 'refused') return;
  decision.before.push(decision.allowed);
  decision.allowed = outcome === 'killed' ? also(decision.allowed, id) : only(id);
}

async function amend(
  world: World,
  tab: TestTab,
  decision: Decision,
  current: string,
  content: number,
): Promise<void> {
  const made = makeAnswer(world, decision, content, current);
  note(decision, made.id, await tab.outcome(tab.outbox.submit(made)));
}

async function edit(tab: TestTab, decision: Decision, current: string): Promise<void> {
  const comment = `Edited ${current.slice(-12)}`;
  const before = decision.answers.get(current);
  if (!before) return;
  const edited = await tab.outcome(tab.outbox.edit(current, { comment }));
  if (edited === true) decision.answers.set(current, { ...before, comment });
  // Killed while editing: either wording may be the one that was kept.
  else if (edited === 'killed')
    decision.answers.set(current, { ...before, comment: `${before.comment}|${comment}` });
}

async function retract(
  world: World,
  tab: TestTab,
  decision: Decision,
  current: string,
): Promise<void> {
  const made = makeAnswer(world, decision, 0, current);
  const withdrawal: Answer = { ...made, response: 'withdrawn' };
  decision.answers.set(made.id, withdrawal);
  note(decision, NONE, await tab.outcome(tab.outbox.retract(withdrawal)));
}
