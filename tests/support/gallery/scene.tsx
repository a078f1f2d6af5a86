import { useState } from 'react';
import { SignInScreen } from '#src/features/patient/sign-in-screen.tsx';
import { WrongPatientScreen } from '#src/features/patient/wrong-patient-screen.tsx';
import { ReviewScreen } from '#src/features/review/review-screen.tsx';
import type { ReviewActions, ReviewModel } from '#src/state/review-model.ts';
import { categories, held, makeAnswer, NOW } from '../review-fixtures.ts';
import { scenes } from './scenes.ts';
import { isWaitingScene, WaitingScene } from './waiting-scene.tsx';

const done = () => Promise.resolve();

/** Just enough behaviour that an answer given in the gallery can be seen and undone. */
function actionsFor(
  setModel: (change: (model: ReviewModel) => ReviewModel) => void,
): ReviewActions {
  const set = (id: string, mine: ReturnType<typeof makeAnswer> | undefined) =>
    setModel((model) => ({
      ...model,
      cards: model.cards.map((card) => {
        if (card.detail.recommendation.id !== id && card.mine?.answer.id !== id) return card;
        const { mine: _, ...rest } = card;
        return { ...rest, answers: mine ? [mine] : [], ...(mine ? { mine } : {}) };
      }),
    }));
  return {
    answer: async (id, choice) => set(id, makeAnswer({ choice, delivery: held(10) })),
    undo: async (id) => set(id, undefined),
    edit: () => Promise.resolve(true),
    amend: async (id, choice) => set(id, makeAnswer({ choice, delivery: held(10) })),
    retract: async (id) => set(id, undefined),
    retry: done,
    displayed: () => undefined,
    refresh: () => undefined,
    signIn: () => undefined,
  };
}

function Review({ name }: { readonly name: string }) {
  const scene = scenes[name];
  const [model, setModel] = useState(scene?.model);
  const [actions] = useState(() => actionsFor((change) => setModel((old) => old && change(old))));
  if (!scene || !model) return <main>No such scene</main>;
  return (
    <ReviewScreen
      actions={actions}
      clock={{ now: () => NOW }}
      model={model}
      now={NOW}
      reasonGroups={categories}
      waiting={scene.waiting && { ...scene.waiting, onOpen: () => undefined }}
      {...(scene.drafts ? { initialDrafts: scene.drafts } : {})}
    />
  );
}

export function Scene({ name }: { readonly name: string }) {
  if (name === 'wrong-patient') {
    return (
      <WrongPatientScreen
        onRelaunch={() => undefined}
        openedFor="RIVERA, Maria"
        reason="The sign-in now speaks of another patient."
        undelivered={1}
      />
    );
  }
  if (name === 'sign-in') return <SignInScreen onSignIn={() => undefined} undelivered={2} />;
  if (isWaitingScene(name)) return <WaitingScene name={name} />;
  return <Review name={name} />;
}
