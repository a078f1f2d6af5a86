import { wilson } from '#src/domain/statistics/wilson.ts';
import { attributeWords, essentialMissing } from '../source-attributes.ts';
import type { GateCounts, GateFacts } from './gate-facts.ts';
import type { Finding, GateItem, GateResult } from './gates.ts';
import { notPlanned } from './rollout.ts';

/** Fewer labelled encounters say nothing of a model’s validity here. */
export const LEAST_LABELLED = 100;
/** Fewer events in a group say nothing of its sensitivity. */
export const LEAST_EVENTS = 20;
/** Of displays, those that must be on record themselves. */
const RECORDED_SHARE = 0.95;
const FRESH_MS = 14 * 86_400_000;

type Answer = readonly [Finding, string];

const met = (evidence: string): Answer => ['met', evidence];
const notMet = (evidence: string): Answer => ['not-met', evidence];
const unknown = (evidence: string): Answer => ['cannot-tell', evidence];

const NOT_PUBLISHED = 'Nothing is published of this version in these weeks.';

/** With counts of these weeks, else nobody can tell. */
const counted = (
  { counts, period }: GateFacts,
  answer: (counts: GateCounts, where: string) => Answer,
): Answer => (counts ? answer(counts, `Published counts, ${period}`) : unknown(NOT_PUBLISHED));

/** "61.0 % (56.1–65.7)" */
function share(x: number, n: number): string {
  const interval = wilson(x, n);
  if (!interval) return 'none';
  const { low, high } = interval;
  return `${percent(x / n)} % (${percent(low)}–${percent(high)})`;
}

const percent = (value: number): string => (100 * value).toFixed(1);

const FINDINGS: Readonly<Record<GateItem, (facts: GateFacts, now: number) => Answer>> = {
  'card-complete': ({ card }) => {
    const missing = essentialMissing(card);
    return missing.length === 0
      ? met(`The card speaks of ${card.size} of 31 attributes, and of all that a user must know.`)
      : notMet(`The card does not say: ${missing.map(attributeWords).join('; ')}.`);
  },
  'owner-named': ({ owner, contact }) =>
    owner === undefined
      ? notMet('The Device names no owner.')
      : met(`Device: ${[owner, contact].filter((one) => one !== undefined).join(', ')}.`),
  'logging-complete': (facts) =>
    counted(facts, ({ scored, silent, fired }, where) => {
      if (scored === 0)
        return unknown(`${where}: ${fired} recommendations, and no score with a threshold.`);
      return silent > 0
        ? met(
            `${where}: ${scored} scored encounters are on record, ${silent} of them below the threshold.`,
          )
        : notMet(`${where}: only what fired is on record (${scored} scored encounters).`);
    }),
  'responses-recorded': (facts) =>
    counted(facts, ({ displayed, decided, recorded, allDisplays, fired }, where) => {
      if (fired === 0 || allDisplays === 0) return notMet(`${where}: nothing was displayed.`);
      const whole = recorded >= RECORDED_SHARE * allDisplays;
      const words = `${where}: ${displayed} of ${fired} recommendations were seen, ${decided} answered; ${recorded} of ${allDisplays} displays are on record themselves.`;
      return whole && decided > 0 ? met(words) : notMet(words);
    }),
  'local-validity': (facts) =>
    counted(facts, ({ tp, fp, fn, tn }, where) => {
      const n = tp + fp + fn + tn;
      if (n < LEAST_LABELLED)
        return notMet(
          `${where}: ${n} labelled encounters; at least ${LEAST_LABELLED} are asked for.`,
        );
      return met(
        `${where}: n = ${n}; sensitivity ${share(tp, tp + fn)}, PPV ${share(tp, tp + fp)}.`,
      );
    }),
  'local-fairness': (facts) =>
    counted(facts, ({ groups }, where) => {
      const enough = groups.filter(({ events }) => events >= LEAST_EVENTS);
      const dimensions = [...Map.groupBy(enough, ({ dimension }) => dimension)].filter(
        ([, all]) => all.length > 1,
      );
      return dimensions.length === 0
        ? notMet(`${where}: no two groups of patients with ${LEAST_EVENTS} events each.`)
        : met(
            `${where}, for the whole model: measured by ${dimensions
              .map(([name, all]) => `${name} (${all.length} groups)`)
              .join(', ')}. The dashboard shows the ratios.`,
          );
    }),
  'monitoring-on': ({ monitoring }, now) => {
    if (!monitoring) return notMet('No signals are published: monitoring does not run here.');
    const asOf = new Date(monitoring.asOf).toISOString().slice(0, 10);
    return now - monitoring.asOf <= FRESH_MS
      ? met(`Published signals, as of ${asOf}.`)
      : notMet(`Published signals are as of ${asOf}: older than two weeks.`);
  },
  'signals-answered': ({ monitoring, escalations }) => {
    if (!monitoring) return unknown('No signals are published.');
    const { standing } = monitoring;
    if (standing.length === 0) return met('Published signals: none stands.');
    const done =
      escalations === undefined
        ? ''
        : ` Tasks: ${escalations.done} done, ${escalations.open} open.`;
    return notMet(`Published signals that still stand: ${standing.join('; ')}.${done}`);
  },
  'clinicians-trained': ({ trained, toBeTrained }) => {
    if (trained === undefined) return unknown('Records of training could not be read.');
    if (toBeTrained === undefined)
      return unknown(
        `Records of training on this version: ${trained} people. Nobody can tell how many there should be.`,
      );
    const words = `Records of training: ${toBeTrained.trained} of ${toBeTrained.listed} who are listed.`;
    return toBeTrained.trained >= toBeTrained.listed ? met(words) : notMet(words);
  },
  'incident-path': ({ incidents }) => {
    if (!incidents) return unknown('Safety reports could not be read.');
    return incidents.closed > 0
      ? met(
          `Safety reports on this server: ${incidents.all}, of which ${incidents.closed} went all the way to closure.`,
        )
      : unknown(
          `Safety reports on this server: ${incidents.all}, none closed. Say when the path was tried.`,
        );
  },
  'outcome-defined': ({ labels }) => {
    if (!labels) return unknown('No rules of outcomes are published.');
    const judged = labels.filter(({ yes, no }) => yes > 0 && no > 0);
    return judged.length === 0
      ? notMet('No published rule has found both patients with the outcome and patients without.')
      : met(
          `Published rules: ${judged.map(({ rule, yes, no }) => `${rule} (${yes} with, ${no} without)`).join('; ')}.`,
        );
  },
  'rollout-plan': ({ plan, units }, now) => {
    if (plan === undefined || plan.steps.length === 0) return notMet('There is no rollout plan.');
    const today = new Date(now).toISOString().slice(0, 10);
    const early = notPlanned(plan, units, today);
    if (early.length > 0)
      return notMet(`Not on the plan, or planned for a later day: ${early.join(', ')}.`);
    const stops = plan.steps.filter(({ stopOnBreach }) => stopOnBreach).length;
    return met(`Plan: ${plan.steps.length} units, ${stops} of them with an automatic stop.`);
  },
};

/** What data say to each item. @param now epoch ms */
export const gateResults = (
  items: readonly GateItem[],
  facts: GateFacts,
  now: number,
): readonly GateResult[] =>
  items.map((item) => {
    const [finding, evidence] = FINDINGS[item](facts, now);
    return { item, finding, evidence };
  });
