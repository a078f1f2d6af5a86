import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { WaitingDesk } from '#src/domain/outbox/waiting-desk.ts';
import { sinkName } from '#src/domain/sinks.ts';
import type { ReasonOption } from '#src/domain/site-config.ts';
import type { WaitingActions, WaitingDialogProps } from '#src/features/outbox/waiting-props.ts';
import type { WaitingBadge } from '#src/features/review/review-props.ts';
import { type Deps, useDeps } from '#src/state/deps.ts';
import { useWaiting, useWaitingCounts } from '#src/state/use-waiting.ts';
import { Notice } from '#src/ui/notice.tsx';
import { saveFile } from '#src/ui/save-file.ts';

const load = () => import('#src/features/outbox/waiting-dialog.tsx');
type Dialog = Awaited<ReturnType<typeof load>>['WaitingDialog'];

/** The badge for the review screen, and the dialog that it opens. */
export function useWaitingAnswers(
  now: number,
  ready: boolean,
): {
  readonly badge: WaitingBadge;
  readonly dialog: ReactNode;
} {
  const deps = useDeps();
  const { desk } = deps;
  const waiting = useWaitingCounts(desk);
  const [open, setOpen] = useState(false);
  const { Dialog, failed, fetchDialog } = useDialog(deps.clock, ready);
  const actions = useMemo(() => actionsOf(deps, desk), [deps, desk]);
  const reasons = useMemo(() => allReasons(deps), [deps]);
  const onOpen = useCallback(() => {
    fetchDialog();
    setOpen(true);
  }, [fetchDialog]);
  const onClose = useCallback(() => setOpen(false), []);
  const { count, attention, elsewhere } = waiting;
  const dialog =
    open && Dialog ? (
      <Listing
        Dialog={Dialog}
        desk={desk}
        actions={actions}
        durable={desk.durable}
        encrypted={deps.config.helpDeskKey !== undefined}
        now={now}
        onClose={onClose}
        placeName={(sink) => sinkName(sink, deps.issuer)}
        reasons={reasons}
      />
    ) : open && failed ? (
      <Notice alert title="The list could not be loaded" tone="error">
        <p>What waits is safe. Try again once there is a connection.</p>
      </Notice>
    ) : null;
  return { badge: { count, attention, elsewhere: elsewhere.count, onOpen }, dialog };
}

/** Only an open list follows each answer that comes and goes. */
function Listing({
  Dialog,
  desk,
  ...props
}: Omit<WaitingDialogProps, 'waiting'> & {
  readonly Dialog: Dialog;
  readonly desk: WaitingDesk;
}) {
  return <Dialog {...props} waiting={useWaiting(desk)} />;
}

/** After the first card, so that it takes nothing from it. */
const FETCH_AFTER_MS = 2_000;

/**
 * Not part of the launch, and fetched before it is needed: when something waits there is often no
 * network to fetch it by.
 */
function useDialog(clock: Deps['clock'], ready: boolean) {
  const [Dialog, setDialog] = useState<Dialog>();
  const [failed, setFailed] = useState(false);
  const fetchDialog = useCallback(() => {
    setFailed(false);
    load().then(
      ({ WaitingDialog }) => setDialog(() => WaitingDialog),
      () => setFailed(true),
    );
  }, []);
  useEffect(() => {
    if (ready) return clock.after(FETCH_AFTER_MS, fetchDialog);
  }, [clock, ready, fetchDialog]);
  return { Dialog, failed, fetchDialog };
}

const actionsOf = (deps: Deps, desk: WaitingDesk): WaitingActions => ({
  retry: (id) => desk.retry(id),
  resend: (id, change) => desk.resend(id, change),
  discard: (id, discarding) => desk.discard(id, discarding),
  saveFile: async () => {
    const { name, type, text } = await desk.helpDeskFile();
    saveFile(name, type, text);
  },
  signIn: () => deps.signIn(),
});

/** Of all kinds: an item does not say of which kind its recommendation was. */
function allReasons({ config }: Deps): readonly ReasonOption[] {
  const options = config.kinds.flatMap((kind) => kind.reasons);
  return [
    ...new Map(options.map((one) => [`${one.coding.system}|${one.coding.code}`, one])).values(),
  ];
}
