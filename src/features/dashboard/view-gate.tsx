import type { ReactNode } from 'react';
import { type SelectedView, useView } from '#src/state/dashboard/use-view.ts';
import { Notice } from '#src/ui/notice.tsx';
import { Skeleton } from '#src/ui/skeleton.tsx';
import { VisuallyHidden } from '#src/ui/visually-hidden.tsx';
import { useDashboard } from './dashboard-context.ts';

export interface ViewGateProps {
  /** Of a published view. */
  readonly name: string;
  /** False: not needed yet. */
  readonly wanted: boolean;
  readonly children: (view: SelectedView) => ReactNode;
}

/** Fetches a view; shows what is made of it once it is there, and what stands in the way before. */
export function ViewGate({ name, wanted, children }: ViewGateProps) {
  const { filter, freshness } = useDashboard();
  const view = useView(name, filter, freshness, wanted);
  if (view.state === 'failed') return <Failed error={view.error} />;
  if (view.state === 'loading')
    return (
      <div>
        <VisuallyHidden>Loading …</VisuallyHidden>
        <Skeleton height={290} />
      </div>
    );
  const { blindTo } = view.view;
  return (
    <>
      {blindTo.length > 0 && (
        <Notice title={`Not cut by ${blindTo.join(' and ')}`} tone="info">
          <p>These figures are published for more than the filter asks for.</p>
        </Notice>
      )}
      {children(view.view)}
    </>
  );
}

const kindOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'kind' in error ? error.kind : undefined;

export function Failed({ error }: { readonly error: unknown }) {
  const kind = kindOf(error);
  if (kind === 'forbidden')
    return (
      <Notice title="You do not have the right to see these figures" tone="warning">
        <p>Ask your informatics team for the scope user/MeasureReport.rs.</p>
      </Notice>
    );
  if (kind === 'auth')
    return (
      <Notice title="Your sign-in has ended" tone="warning">
        <p>Load the page again and sign in; the address keeps this view.</p>
      </Notice>
    );
  return (
    <Notice title="These figures could not be read" tone="error">
      <p>
        {kind === 'offline' || kind === 'timeout'
          ? 'The server did not answer. The page asks again when you return to it.'
          : 'The server’s answer could not be used. If it stays so, tell your informatics team.'}
      </p>
    </Notice>
  );
}
