import type { Choice } from '#src/domain/feedback.ts';
import type { Discarding } from '#src/domain/outbox/discard.ts';
import type { SinkId } from '#src/domain/sinks.ts';
import type { ReasonOption } from '#src/domain/site-config.ts';
import type { Waiting } from '#src/state/use-waiting.ts';

export interface WaitingActions {
  retry(id: string): Promise<void>;
  /** False: it was stored or sent meanwhile, and nothing was changed. */
  resend(id: string, change: Partial<Choice>): Promise<boolean>;
  discard(id: string, discarding: Discarding): Promise<boolean>;
  saveFile(): Promise<void>;
  signIn(): void;
}

export interface WaitingDialogProps {
  readonly waiting: Waiting;
  readonly actions: WaitingActions;
  /** Epoch ms. */
  readonly now: number;
  /** What is here outlives this window. */
  readonly durable: boolean;
  /** The file for the help desk holds the answers, encrypted; else nothing about patients. */
  readonly encrypted: boolean;
  /** Reasons that may be chosen when an override is sent again. */
  readonly reasons: readonly ReasonOption[];
  /** As people know a place that answers go to. */
  placeName(sink: SinkId): string;
  readonly onClose: () => void;
}
