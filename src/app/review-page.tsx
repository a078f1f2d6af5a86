import { useEffect } from 'react';
import { SignInScreen } from '#src/features/patient/sign-in-screen.tsx';
import { WrongPatientScreen } from '#src/features/patient/wrong-patient-screen.tsx';
import { ReviewScreen } from '#src/features/review/review-screen.tsx';
import { useDeps } from '#src/state/deps.ts';
import { useNow } from '#src/state/use-now.ts';
import { useReview } from '#src/state/use-review.ts';

/** The clinician's page: the guard decides whether anything of the patient may be on the screen. */
export function ReviewPage() {
  const deps = useDeps();
  const review = useReview(deps);
  const now = useNow(deps.clock);

  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === 'hidden') deps.outbox.flush();
    };
    const flush = () => deps.outbox.flush();
    document.addEventListener('visibilitychange', leave);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      window.removeEventListener('pagehide', flush);
    };
  }, [deps]);

  return <ReviewScreen model={review.model} actions={review.actions} now={now} />;
}
