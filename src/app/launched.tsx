import { QueryClientProvider } from '@tanstack/react-query';
import { use, useState } from 'react';
import { DepsProvider } from '#src/state/deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { NotOpened } from './not-opened.tsx';
import type { Opened } from './open-session.ts';
import { ReviewPage } from './review-page.tsx';

/** Waits for the session (the boundary above shows the skeleton), then shows the review screen. */
export function Launched({ opening }: { readonly opening: Promise<Opened> }) {
  const opened = use(opening);
  const [client] = useState(createQueryClient);
  if (!opened.ok) return <NotOpened why={opened.why} />;
  return (
    <QueryClientProvider client={client}>
      <DepsProvider value={opened.deps}>
        <ReviewPage />
      </DepsProvider>
    </QueryClientProvider>
  );
}
