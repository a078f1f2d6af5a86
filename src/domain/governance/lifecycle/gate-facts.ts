import type { Label } from '#src/domain/metrics/label.ts';
import type { CardAttributes } from '../source-attributes.ts';
import type { RolloutPlan } from './rollout.ts';

/** Patients of one group, as published counts have them. */
export interface GroupCounts {
  readonly dimension: string;
  readonly group: string;
  readonly fired: number;
  readonly events: number;
}

/** Whole numbers of the last weeks about one model version, as `metrics --publish` left them. */
export interface GateCounts {
  readonly fired: number;
  readonly displayed: number;
  readonly decided: number;
  /** Displays that are on record themselves, and those that only an answer proves. */
  readonly recorded: number;
  readonly allDisplays: number;
  /** Scored encounters by whether the model fired, and those with a label. */
  readonly scored: number;
  readonly silent: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly groups: readonly GroupCounts[];
}

/** What a gate is answered from; undefined: it could not be read, or is nowhere. */
export interface GateFacts {
  readonly card: CardAttributes;
  readonly owner: string | undefined;
  readonly contact: string | undefined;
  /** "2026-09-07 to 2026-11-22" */
  readonly period: string;
  readonly counts: GateCounts | undefined;
  /** Epoch ms until which monitoring knows, and titles of signals of this model that still stand. */
  readonly monitoring: { readonly asOf: number; readonly standing: readonly string[] } | undefined;
  /** Signals and breaches that somebody has taken on. */
  readonly escalations: { readonly open: number; readonly done: number } | undefined;
  readonly labels: readonly Label[] | undefined;
  /** People with a completed training on this version. */
  readonly trained: number | undefined;
  /** People whom the state is to be for; undefined: everybody in a place. */
  readonly toBeTrained: { readonly listed: number; readonly trained: number } | undefined;
  /** Safety reports on this registry, and those that were closed. */
  readonly incidents: { readonly all: number; readonly closed: number } | undefined;
  readonly plan: RolloutPlan | undefined;
  /** Location references that the state is to hold in; empty: it names none. */
  readonly units: readonly string[];
}
