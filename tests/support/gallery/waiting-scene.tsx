import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { WaitingAnswer } from '#src/domain/outbox/waiting-desk.ts';
import { WaitingDialog } from '#src/features/outbox/waiting-dialog.tsx';
import type { WaitingActions } from '#src/features/outbox/waiting-props.ts';
import type { Waiting } from '#src/state/use-waiting.ts';
import { anAnswer, queued } from '../queued-answers.ts';
import { hl7, kind, NOW } from '../review-fixtures.ts';

const MINUTE = 60_000;

const actions: WaitingActions = {
  retry: async () => undefined,
  resend: async () => true,
  discard: async () => true,
  saveFile: async () => undefined,
  signIn: () => undefined,
};

function waits(
  id: string,
  minutes: number,
  change: Partial<QueuedAnswer>,
  more: { readonly title: string; readonly said?: string },
): WaitingAnswer {
  const answer = anAnswer(id, {
    response: 'overridden',
    reasons: [hl7('action-completed')],
    comment: 'Given in the emergency department',
    context: { appVersion: '0.1.0', shownTitle: more.title, shownPatient: 'RIVERA, Maria' },
  });
  const item = queued(answer, { createdAt: NOW - minutes * MINUTE, ...change });
  return { item, ...(more.said && { said: more.said }) };
}

const LONG =
  'Consider discontinuation of the concurrently prescribed potassium-sparing diuretic and re-measure electrolytes before the next dose';

export const WAITING: readonly WaitingAnswer[] = [
  waits(
    'urn:uuid:1',
    95,
    { phase: 'attention', last: 'http-422', attempts: 1 },
    { title: 'Start the sepsis bundle', said: 'Observation.note: at most 100 characters' },
  ),
  waits('urn:uuid:2', 12, { phase: 'queued', last: 'network', attempts: 4 }, { title: LONG }),
  waits(
    'urn:uuid:3',
    40,
    { phase: 'waiting-sign-in', last: 'http-401', attempts: 2 },
    { title: 'Check potassium' },
  ),
  waits('urn:uuid:4', 700, { phase: 'waiting-patient' }, { title: 'Plan follow-up within 7 days' }),
];

const SCENES: Readonly<Record<string, Partial<Waiting>>> = {
  'waiting-list': {
    own: WAITING,
    count: 4,
    attention: 1,
    elsewhere: { count: 2, oldestAt: NOW - 300 * MINUTE },
  },
  'waiting-nothing': {},
};

export const isWaitingScene = (name: string): boolean => Object.hasOwn(SCENES, name);

export function WaitingScene({ name }: { readonly name: string }) {
  const nobody = { count: 0, oldestAt: undefined };
  return (
    <main>
      <WaitingDialog
        actions={actions}
        durable={name !== 'waiting-nothing'}
        encrypted={name === 'waiting-list'}
        now={NOW}
        onClose={() => undefined}
        placeName={() => 'Hospital store'}
        reasons={kind.reasons}
        waiting={{ own: [], count: 0, attention: 0, elsewhere: nobody, ...SCENES[name] }}
      />
    </main>
  );
}
