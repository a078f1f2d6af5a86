import { useRef, useState } from 'react';

export interface OneAtATime {
  readonly busy: boolean;
  /** What was done last, for the live region. */
  readonly said: string | undefined;
  readonly error: string | undefined;
  /** `work` answers what to say; what it throws is shown, not swallowed. */
  run(work: () => Promise<string>): void;
}

const messageOf = (error: unknown): string =>
  error instanceof Error && error.message !== ''
    ? error.message
    : 'That did not work. Nothing was changed; please try again.';

/** Two clicks in one frame are one decision. */
export function useOneAtATime(): OneAtATime {
  const working = useRef(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const [error, setError] = useState<string>();
  return {
    busy,
    said,
    error,
    run(work) {
      if (working.current) return;
      working.current = true;
      setBusy(true);
      setError(undefined);
      setSaid(undefined);
      work()
        .then(setSaid, (reason: unknown) => setError(messageOf(reason)))
        .finally(() => {
          working.current = false;
          setBusy(false);
        });
    },
  };
}
