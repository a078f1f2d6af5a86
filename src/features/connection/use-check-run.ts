import { useCallback, useState } from 'react';
import type { CheckResult } from '#src/domain/connection/check.ts';
import type { ConnectionReport } from '#src/domain/connection/report.ts';
import type { ConnectionProps } from './connection-props.ts';

export interface CheckRun {
  readonly running: boolean;
  /** As they come; while it runs, more may follow. */
  readonly results: readonly CheckResult[];
  /** Once it has ended. */
  readonly report: ConnectionReport | undefined;
  start(iss: string, write: boolean): void;
}

/** One run at a time; a new one replaces what the last one found. */
export function useCheckRun(run: ConnectionProps['run']): CheckRun {
  const [running, setRunning] = useState(false);
  const [results, setResults] = useState<readonly CheckResult[]>([]);
  const [report, setReport] = useState<ConnectionReport>();
  const start = useCallback(
    (iss: string, write: boolean) => {
      setRunning(true);
      setResults([]);
      setReport(undefined);
      const onResult = (result: CheckResult) => setResults((found) => [...found, result]);
      void run(iss, { write, onResult }).then((ended) => {
        setReport(ended);
        setRunning(false);
      });
    },
    [run],
  );
  return { running, results, report, start };
}
