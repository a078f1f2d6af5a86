import { useCallback, useMemo, useState } from 'react';
import { type Clinician, loadState, openChartAccess, type SandboxState, signIn } from './api.ts';
import { SignInPage } from './pages/sign-in.tsx';
import { Workspace } from './pages/workspace.tsx';
import { Notice } from './parts/notice.tsx';
import { sandboxClock } from './readers/time.ts';
import { type Session, SessionContext } from './session.tsx';
import { useLoad } from './use-load.ts';

export function App() {
  const [sandbox, retry] = useLoad(loadState);
  if (sandbox.state === 'loading') return <Notice>Starting the sandbox EHR…</Notice>;
  if (sandbox.state === 'failed')
    return (
      <Notice tone="error" onRetry={retry}>
        The sandbox EHR did not start. {sandbox.message}
      </Notice>
    );
  return <SignedInOrOut sandbox={sandbox.value} />;
}

function SignedInOrOut({ sandbox }: { readonly sandbox: SandboxState }) {
  const [session, setSession] = useState<Session>();
  const clock = useMemo(() => sandboxClock(sandbox.now), [sandbox.now]);
  const enter = useCallback(
    async (clinician: Clinician) => {
      const token = await signIn(clinician.practitionerId);
      const access = openChartAccess(clinician.practitionerId, token);
      setSession({ sandbox, clinician, access, clock });
    },
    [sandbox, clock],
  );
  if (session === undefined) return <SignInPage sandbox={sandbox} onSignIn={enter} />;
  return (
    <SessionContext value={session}>
      <Workspace onSignOut={() => setSession(undefined)} />
    </SessionContext>
  );
}
