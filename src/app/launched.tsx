import { QueryClientProvider } from '@tanstack/react-query';
import { use, useEffect, useState } from 'react';
import { readEhrScheme } from '#src/io/ehr-style.ts';
import { DepsProvider } from '#src/state/deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { stayWithScheme } from '#src/ui/color-scheme.ts';
import { NotOpened } from './not-opened.tsx';
import type { Opened } from './open-session.ts';
import { ReviewPage } from './review-page.tsx';

/** Waits for the session (the boundary above shows the skeleton), then shows the review screen. */
export function Launched({ opening }: { readonly opening: Promise<Opened> }) {
  const opened = use(opening);
  const [client] = useState(createQueryClient);
  useEhrScheme(opened);
  if (!opened.ok) return <NotOpened why={opened.why} />;
  return (
    <QueryClientProvider client={client}>
      <DepsProvider value={opened.deps}>
        <ReviewPage />
      </DepsProvider>
    </QueryClientProvider>
  );
}

/** Light or dark as the EHR around the app is, where it says so; else as the reader's system is. */
function useEhrScheme(opened: Opened): void {
  useEffect(() => {
    if (!opened.ok) return;
    const { styleUrl, issuer } = opened.deps.session;
    void readEhrScheme(styleUrl, issuer, fetch).then((scheme) => scheme && stayWithScheme(scheme));
  }, [opened]);
}
