import type { Coding } from '#src/domain/coding.ts';
import type { DeliveryState } from '#src/domain/delivery.ts';
import type {
  Answer,
  AnsweredRecommendation,
  Choice,
  ModelAtAnswer,
} from '#src/domain/feedback.ts';
import type { AdviceDecision } from '#src/domain/governance/model-state-advice.ts';
import type { PatientSummary } from '#src/domain/patient.ts';
import type { Problem } from '#src/domain/problem.ts';
import type { RecommendationDetail } from '#src/domain/recommendation.ts';
import type { KindConfig } from '#src/domain/site-config.ts';

/** An answer as the card shows it: ours or a colleague's, current or history. */
export interface CardAnswer {
  readonly answer: Answer;
  readonly mine: boolean;
  /** Display name of who answered; the reference where no name is known. */
  readonly by: string;
  /** Head of its chain: nothing replaces it, and it is not retracted. */
  readonly current: boolean;
  readonly retracted: boolean;
  /** "Observation/…" where the server holds it; needed to retract or replace it. */
  readonly reference?: string;
  /** Where it is, when it went through this session's outbox; absent: read from the server. */
  readonly delivery?: DeliveryState;
  /** Each place that it goes to, where there are several. */
  readonly places?: readonly NamedPlace[];
}

/** One place that an answer goes to, under the name that people know. */
export interface NamedPlace {
  readonly name: string;
  /** False: it is only tried there. */
  readonly required: boolean;
  readonly delivery: DeliveryState;
}

/** Something that is commonly done instead; one press records it with `accepted-modified`. */
export interface AlternativeAction {
  readonly label: string;
  readonly coding: Coding;
}

export interface ReviewCard {
  readonly detail: RecommendationDetail;
  /** `hidden`: that it exists, and why it is not shown. What must not even be known of is no card. */
  readonly advice: Exclude<AdviceDecision, 'absent'>;
  /** It is hidden until this clinician has done the training that the site wants first. */
  readonly untrained?: boolean;
  readonly kind: KindConfig;
  readonly stale: boolean;
  /** Newest first. More than one current answer of one clinician is a conflict and is shown. */
  readonly answers: readonly CardAnswer[];
  /** My current answer, if there is one. */
  readonly mine?: CardAnswer;
  /** Offered under `Accept with changes`, besides free text. */
  readonly alternatives?: readonly AlternativeAction[];
}

/** What went wrong with a whole part of the page, in words that name the cure. */
export interface ReviewNotice {
  readonly tone: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly message: string;
  readonly action?: 'sign-in' | 'refresh';
}

/** That there was a recommendation, and by the state of which model it was kept from the screen. */
export interface Withheld {
  readonly recommendation: AnsweredRecommendation;
  readonly model: ModelAtAnswer;
}

export interface ReviewModel {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly patient: PatientSummary | undefined;
  /** False where the EHR frame already shows a banner: ours then shrinks, and never vanishes. */
  readonly needPatientBanner: boolean;
  readonly synthetic: boolean;
  /** In the producer's order; superseded and cancelled ones are listed apart. */
  readonly cards: readonly ReviewCard[];
  readonly history: readonly ReviewCard[];
  /** The recommendation that the launch pointed to: opened first, never moved in the order. */
  readonly launchedFor?: string;
  /** Recommendations of which nothing may be seen here: what is put on record of them, no content. */
  readonly withheld: readonly Withheld[];
  readonly notices: readonly ReviewNotice[];
  /** Resources that could not be read as a recommendation at all, each stated. */
  readonly unreadable: readonly Problem[];
  /** True where a filed answer can be retracted; decides what Undo promises. */
  readonly canRetract: boolean;
  /** An answer waits ten seconds on this device before it is sent; false: it is sent at once. */
  readonly holdsAnswers: boolean;
}

/** Measured by the card, not by the server: how the answer came about. */
export interface AnswerMeasures {
  readonly displayedAt?: string;
  /** Visible time only, ms. */
  readonly timeToResponseMs?: number;
  readonly evidenceOpened: boolean;
}

export interface ReviewActions {
  /** Resolves once it is held; rejects with a message for the clinician when it could not be. */
  answer(recommendationId: string, choice: Choice, measures: AnswerMeasures): Promise<void>;
  undo(answerId: string): Promise<void>;
  /** Adds or changes comment or reasons while the answer is still held. */
  edit(answerId: string, change: Partial<Choice>): Promise<boolean>;
  /** A change of mind: a new answer that replaces the earlier one. */
  amend(answerId: string, choice: Choice, measures: AnswerMeasures): Promise<void>;
  retract(answerId: string): Promise<void>;
  retry(answerId: string): Promise<void>;
  displayed(recommendationId: string, at: string): void;
  refresh(): void;
  signIn(): void;
}
