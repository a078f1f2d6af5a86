import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useSyncExternalStore } from 'react';
import type { OutboxItem } from '#src/domain/delivery.ts';
import { LockScreen } from '#src/features/patient/lock-screen.tsx';
import { type Deps, useDeps } from '#src/state/deps.ts';
import { useWaiting } from '#src/state/use-waiting.ts';
import { useIdleLock } from './use-idle-lock.ts';

/**
 * What is inside is taken out of the page, not covered, once nobody uses it; what was read of the
 * chart is forgotten with it. Drafts are in the tab's store and wait there for the next sign-in.
 */
export function LockedWhenIdle({ children }: { readonly children: ReactNode }) {
  const deps = useDeps();
  const locked = useIdleLock(deps.clock, deps.config.lockAfterMinutes);
  return locked ? <Locked deps={deps} /> : children;
}

function Locked({ deps }: { readonly deps: Deps }) {
  const client = useQueryClient();
  useEffect(() => {
    client.clear();
    deps.lock();
  }, [client, deps]);
  const items = useSyncExternalStore(
    useCallback((listener: () => void) => deps.outbox.subscribe(listener), [deps]),
    () => deps.outbox.items(),
  );
  const { elsewhere } = useWaiting(deps.desk);
  return (
    <LockScreen
      undelivered={items.filter(isUndelivered).length}
      elsewhere={elsewhere.count}
      lasting={deps.drafts.lasting}
      onSignIn={deps.signIn}
    />
  );
}

const DELIVERED: ReadonlySet<string> = new Set(['stored', 'degraded', 'retracted']);
const isUndelivered = ({ delivery }: OutboxItem) => !DELIVERED.has(delivery.state);
