import type { Coding, ResourceRef } from '#src/domain/coding.ts';
import type {
  BasisReference,
  Confidence,
  Prediction,
  Priority,
  ProposedAction,
  Recommendation,
} from '#src/domain/recommendation.ts';
import type { ProbabilityScaleRule } from '#src/domain/site-config.ts';
import type { Json, Problems } from './read.ts';
import type { ResourcePool } from './reference.ts';

/** What the site says about where recommendations come from (`IssuerConfig` has both). */
export interface SourceRules {
  /** Devices accepted as AI: identifier values or "Device/id" references. */
  readonly aiDevices: readonly string[];
  readonly probabilityScales: readonly ProbabilityScaleRule[];
}

/** Who made the output, and every name under which a rule may speak of them. */
export interface Author {
  readonly modelReference?: string;
  readonly modelName?: string;
  /** References and identifier values; never names, which anyone may choose. */
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly isAi: boolean;
}

/** Everything that the reader of one resource may look at. */
export interface CarrierInput {
  readonly resource: Json;
  readonly ref: ResourceRef;
  readonly pool: ResourcePool;
  readonly source: SourceRules;
  readonly author: Author;
  /** Collects what is wrong; the reader adds to it. */
  readonly problems: Problems;
}

/** What a carrier says, before it is put together with what all carriers share. */
export interface CarrierContent {
  readonly status: Recommendation['status'];
  readonly title: string | undefined;
  readonly detail?: string | undefined;
  readonly kindCodings: readonly Coding[];
  readonly predictions: readonly Prediction[];
  readonly confidence?: Confidence | undefined;
  readonly priority?: Priority | undefined;
  readonly producedAt: string | undefined;
  readonly actions?: readonly ProposedAction[];
  readonly basis: readonly BasisReference[];
  /** Reference elements of what this one replaces. */
  readonly replaces: readonly unknown[];
  /** Reference elements of recommendations that this one is an action of. */
  readonly cites?: readonly unknown[];
  /** Another subject element that must name the same patient (a RequestGroup's). */
  readonly otherSubject?: unknown;
}
