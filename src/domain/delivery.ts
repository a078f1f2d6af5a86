import type { Answer, Choice } from './feedback.ts';
import type { SafetyReport } from './governance/incidents/incident.ts';
import type { SinkId } from './sinks.ts';

/**
 * Where an answer is, said truthfully. `held`: in the undo window. `sending`: a request is under way.
 * `stored`: read back, all there. `degraded`: read back, something missing. `rejected`: the server
 * said no. `unknown`: no answer known yet. `waiting-sign-in`, `waiting-patient`: kept until the
 * session that may send it is back. `retracted`: undone before it was sent.
 */
export type DeliveryState =
  | { readonly state: 'held'; readonly until: string; readonly durable: boolean }
  | { readonly state: 'sending'; readonly durable: boolean }
  | { readonly state: 'stored'; readonly at: string; readonly reference: string }
  | {
      readonly state: 'degraded';
      readonly at: string;
      readonly reference: string;
      readonly lost: readonly string[];
    }
  | { readonly state: 'rejected'; readonly reason: string; readonly durable: boolean }
  | { readonly state: 'unknown'; readonly reason: string; readonly durable: boolean }
  | { readonly state: 'waiting-sign-in'; readonly durable: boolean }
  | { readonly state: 'waiting-patient'; readonly durable: boolean }
  | { readonly state: 'retracted' };

/** The words of DESIGN.md §6; tests and users rely on them. */
export type DeliveryLabel =
  | 'Saved on this device'
  | 'Not sent yet – keep this open'
  | 'Sent'
  | 'Stored in part'
  | 'Refused'
  | 'Needs sign-in'
  | 'Waiting for this patient';

/** One row per state. A state that the device would forget never claims `Saved on this device`. */
export function deliveryLabel(delivery: DeliveryState): DeliveryLabel | undefined {
  switch (delivery.state) {
    case 'stored':
      return 'Sent';
    case 'degraded':
      return 'Stored in part';
    case 'rejected':
      return 'Refused';
    case 'waiting-sign-in':
      return delivery.durable ? 'Needs sign-in' : 'Not sent yet – keep this open';
    case 'waiting-patient':
      return 'Waiting for this patient';
    case 'retracted':
      return undefined;
    case 'held':
    case 'sending':
    case 'unknown':
      return delivery.durable ? 'Saved on this device' : 'Not sent yet – keep this open';
  }
}

/** Where one answer is in one place that it goes to. */
export interface Place {
  readonly sink: SinkId;
  readonly required: boolean;
  readonly delivery: DeliveryState;
}

/** A safety report of this session, and where it is. */
export interface ReportItem {
  readonly report: SafetyReport;
  readonly delivery: DeliveryState;
}

export interface OutboxItem {
  readonly answer: Answer;
  /** The furthest state that is true of every place that must have it. */
  readonly delivery: DeliveryState;
  /** Absent where there is but one. */
  readonly places?: readonly Place[];
}

/** Answers and reports alike: for whoever asks only whether anything is still to be sent. */
export const everythingIn = (
  outbox: Pick<AnswerOutbox, 'items' | 'reports'>,
): readonly Pick<OutboxItem, 'delivery'>[] => [...outbox.items(), ...outbox.reports()];

/**
 * The one way by which an answer leaves the screen. `submit` resolves once the answer is held as
 * safely as this outbox can hold it; delivery goes on by itself and is followed by `subscribe`.
 */
export interface AnswerOutbox {
  submit(answer: Answer): Promise<void>;
  /** Resolves once the report is held; throws where this site keeps no reports. */
  submitReport(report: SafetyReport): Promise<void>;
  /** Takes an answer, or a report, back while it is `held`; false when it is too late and a retraction is needed. */
  undo(id: string): Promise<boolean>;
  /** Changes comment or reasons of an answer that is still held; false when it has been sent. */
  edit(answerId: string, change: Partial<Choice>): Promise<boolean>;
  retry(answerId: string): Promise<void>;
  /**
   * Takes back the answer that `withdrawal.replaces` names, wherever it is: never sent if it has not
   * left; marked entered-in-error where the server can update; else `withdrawal` itself is filed.
   */
  retract(withdrawal: Answer): Promise<void>;
  /** Sends what is held now: the page is being hidden, or left for good. */
  flush(why?: 'hidden' | 'left'): void;
  /** Same array while nothing changed, so that React may compare by identity. */
  items(): readonly OutboxItem[];
  /** Same array while nothing changed. */
  reports(): readonly ReportItem[];
  subscribe(listener: () => void): () => void;
  /** What other users of this machine have waiting: how much and since when (epoch ms), not what. */
  waitingElsewhere(): Promise<{ readonly count: number; readonly oldestAt: number | undefined }>;
}
