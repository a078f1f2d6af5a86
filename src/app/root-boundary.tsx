import { Component, type ReactNode, Suspense } from 'react';
import { NotOpened } from './not-opened.tsx';

interface Props {
  readonly children: ReactNode;
}

/** The last boundary: a defect of ours never leaves a blank panel, and never shows a wrong one. */
export class RootBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (this.state.failed)
      return (
        <NotOpened
          why={{
            title: 'Something in this app failed',
            message:
              'Nothing you see elsewhere is affected. Open the app again from the chart. If it fails again, tell your informatics team.',
            details: [],
          }}
        />
      );
    return (
      <Suspense fallback={<p role="status">Signing in through the EHR …</p>}>
        {this.props.children}
      </Suspense>
    );
  }
}
