import { createRoot } from 'react-dom/client';
import { UiProvider } from '#src/ui/ui-provider.tsx';
import { Launched } from './launched.tsx';
import { openSession } from './open-session.ts';
import { RootBoundary } from './root-boundary.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

// Started before React renders, and once: the code in the URL can be used only once.
const opening = openSession(new URL(location.href));

createRoot(root, {
  // What was shown is patient data: React's default logging would copy it to the console.
  onCaughtError: () => undefined,
}).render(
  <UiProvider>
    <RootBoundary>
      <Launched opening={opening} />
    </RootBoundary>
  </UiProvider>,
);
