import { type ReactNode, useCallback, useEffect, useReducer } from 'react';
import { SignInScreen } from '#src/features/patient/sign-in-screen.tsx';
import { WrongPatientScreen } from '#src/features/patient/wrong-patient-screen.tsx';
import type { Draft } from '#src/features/review/draft.ts';
import { ReviewScreen } from '#src/features/review/review-screen.tsx';
import { type Deps, useDeps } from '#src/state/deps.ts';
import { useKeptDrafts } from '#src/state/use-kept-drafts.ts';
import { useNow } from '#src/state/use-now.ts';
import { type UndeliveredCount, useUndelivered } from '#src/state/use-outbox.ts';
import { useReview } from '#src/state/use-review.ts';
import { latePart, useFetchedAfterCard } from '#src/ui/late-part.ts';
import { BelowCard } from './below-card.tsx';
import { LockedWhenIdle } from './locked-when-idle.tsx';
import { NotOpened } from './not-opened.tsx';
import { useWaitingAnswers } from './waiting-answers.tsx';

/** Forty-odd reasons in words: asked for by a click on “More reasons”, and never by a first card. */
const lateReasons = latePart(() => import('#src/fhir/reasons.ts'));

/** The clinician's page: without a patient in context there is nothing to review. */
export function ReviewPage() {
  const deps = useDeps();
  const { patientId } = deps.session;
  if (!patientId)
    return (
      <NotOpened
        why={{
          title: 'No patient is open',
          message: 'Open this app from the chart of a patient.',
          details: [],
        }}
      />
    );
  return (
    <LockedWhenIdle>
      <PatientReview deps={deps} patientId={patientId} />
    </LockedWhenIdle>
  );
}

function PatientReview({ deps, patientId }: { readonly deps: Deps; readonly patientId: string }) {
  const now = useNow(deps.clock);
  const { model, actions, identity } = useReview(deps, patientId, now);
  const drafts = useKeptDrafts(deps.drafts) as Readonly<Record<string, Draft>>;
  const saveDraft = useCallback(
    (id: string, draft: Draft | undefined) => deps.drafts.save(id, draft),
    [deps],
  );
  const ready = model.status === 'ready';
  const waiting = useWaitingAnswers(now, ready);
  const reasons = lateReasons.useLate();
  useFetchedAfterCard(lateReasons, ready);
  useRecheckIdentity();
  useFlushOnLeaving(deps);
  if (identity !== 'same' && identity !== 'unknown')
    return (
      <Undelivered outbox={deps.outbox}>
        {(undelivered) => (
          <WrongPatientScreen
            openedFor={model.patient?.displayName ?? 'another patient'}
            reason={
              identity === 'no-patient'
                ? 'The sign-in no longer names a patient.'
                : 'The sign-in now speaks of another patient.'
            }
            {...undelivered}
          />
        )}
      </Undelivered>
    );
  const signedOut = model.notices.some((notice) => notice.action === 'sign-in');
  if (signedOut && model.status !== 'ready')
    return (
      <>
        <Undelivered outbox={deps.outbox}>
          {({ undelivered }) => (
            <SignInScreen
              undelivered={undelivered}
              lasting={deps.drafts.lasting}
              onSignIn={actions.signIn}
              onShowWaiting={waiting.badge.onOpen}
            />
          )}
        </Undelivered>
        {waiting.dialog}
      </>
    );
  return (
    <>
      <ReviewScreen
        model={model}
        actions={actions}
        now={now}
        {...(reasons.kind === 'there' && { reasonGroups: reasons.part.REASON_GROUPS })}
        initialDrafts={drafts}
        onDraftChange={saveDraft}
        waiting={waiting.badge}
        BelowCard={BelowCard}
      />
      {waiting.dialog}
    </>
  );
}

/** Only the screens that count are drawn again with each answer that arrives. */
function Undelivered({
  outbox,
  children,
}: {
  readonly outbox: Deps['outbox'];
  readonly children: (undelivered: UndeliveredCount) => ReactNode;
}) {
  return children(useUndelivered(outbox));
}

/** The guard looks again whenever the panel comes back into use (DESIGN.md §9). */
function useRecheckIdentity(): void {
  const [, recheck] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    window.addEventListener('focus', recheck);
    document.addEventListener('visibilitychange', recheck);
    return () => {
      window.removeEventListener('focus', recheck);
      document.removeEventListener('visibilitychange', recheck);
    };
  }, []);
}

/** Sending starts at once when the page is hidden or left, whatever is left of the undo window. */
function useFlushOnLeaving(deps: Deps): void {
  useEffect(() => {
    const onHidden = () => {
      if (document.visibilityState === 'hidden') deps.outbox.flush('hidden');
    };
    const onLeave = () => deps.outbox.flush();
    document.addEventListener('visibilitychange', onHidden);
    window.addEventListener('pagehide', onLeave);
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      window.removeEventListener('pagehide', onLeave);
    };
  }, [deps]);
}
