import { lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { UiProvider } from '#src/ui/ui-provider.tsx';
import { isConnectionCheck } from './connection-place.ts';
import { isExport } from './export-place.ts';
import { Launched } from './launched.tsx';
import { openSession } from './open-session.ts';
import { DASHBOARD, GOVERNANCE } from './page-place.ts';
import { RootBoundary } from './root-boundary.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

const page = new URL(location.href);

/** What this page shows. Sessions are opened before React renders, and once: a code is used only once. */
function content() {
  const opening = isConnectionCheck(page)
    ? import('./connection-page.tsx').then((one) => one.connectionPage(page))
    : DASHBOARD.isHere(page)
      ? import('./dashboard-page.tsx').then((one) => one.dashboardPage(page))
      : isExport(page)
        ? import('./export-page.tsx').then((one) => one.exportPage(page))
        : GOVERNANCE.isHere(page)
          ? import('./governance-page.tsx').then((one) => one.governancePage(page))
          : undefined;
  if (!opening) return <Launched opening={openSession(page)} />;
  const OtherPage = lazy(() => opening);
  return <OtherPage />;
}

createRoot(root, {
  // What was shown is patient data: React's default logging would copy it to the console.
  onCaughtError: () => undefined,
}).render(
  <UiProvider>
    <RootBoundary>{content()}</RootBoundary>
  </UiProvider>,
);
