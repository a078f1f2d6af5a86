import { numberText } from '#src/domain/metrics/figure-text.ts';
import type { Place, Signal } from '#src/domain/monitoring/signal.ts';
import { SIGNAL_TEXTS } from '#src/domain/monitoring/texts.ts';
import { uuidV5 } from '#src/domain/uuid-v5.ts';
import type { AutomaticAction, Duty, ServiceLevels, SlaResult } from './sla.ts';

/** What somebody has to answer for. */
export interface Finding extends Duty {
  /** The same as long as it is the same matter, whenever it is looked at. */
  readonly key: string;
  readonly level: FindingLevel;
  readonly title: string;
  /** What was seen, with its numbers. */
  readonly words: string;
  /** As tables name it. */
  readonly model: string;
  readonly version?: string;
  readonly site?: string;
  readonly unit?: string;
  readonly action: AutomaticAction;
  readonly restriction?: string;
  /** How long what was done has to show before the matter is brought up again, ms. */
  readonly quietMs: number;
}

export const FINDING_LEVELS = ['breach', 'warn', 'signal'] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

/** What was found, and which matters are known to be over; of all others nobody can tell. */
export interface Found {
  readonly findings: readonly Finding[];
  readonly isOver: (key: string) => boolean;
}

const SIGNAL = 'signal ';
const WEEK_MS = 7 * 86_400_000;
/** A signal looks back further than four weeks, and nobody should wait for longer. */
const SIGNAL_QUIET_WEEKS = 4;

const limitKey = (id: string, level: 'breach' | 'warn'): string => `sla ${id} ${level}`;

const signalKey = (name: string, place: Place): string =>
  `${SIGNAL}${JSON.stringify([
    name,
    ...[place.model_id, place.model_version, place.site, place.unit],
    ...[place.group?.dimension ?? null, place.group?.value ?? null, place.reason],
  ])}`;

/** @param watched false where a table is missing: then a signal that is not seen may stand all the same */
export function findingsOf(
  levels: ServiceLevels,
  results: readonly SlaResult[],
  signals: readonly Signal[],
  watched: boolean,
): Found {
  const duty = levels.signals;
  const current = signals.filter((one) => one.current);
  const seen = new Set(current.map((one) => signalKey(one.name, one)));
  const kept = new Set(
    results
      .filter(({ verdict }) => verdict === 'kept')
      .flatMap(({ sla: { id } }) => [limitKey(id, 'breach'), limitKey(id, 'warn')]),
  );
  return {
    findings: [
      ...results.flatMap(limitFinding),
      ...(duty === undefined ? [] : current.flatMap((one) => signalFinding(one, duty))),
    ].toSorted((a, b) => rank(a) - rank(b)),
    isOver: (key) => kept.has(key) || (watched && key.startsWith(SIGNAL) && !seen.has(key)),
  };
}

/** What takes advice away comes first: whatever fails later, that is done. */
const rank = ({ level, action }: Finding): number =>
  (level === 'breach' ? 0 : 4) - ['notify', 'restrict', 'suspend'].indexOf(action);

function limitFinding(result: SlaResult): readonly Finding[] {
  const { sla, verdict } = result;
  if (verdict !== 'breach' && verdict !== 'warn') return [];
  const { owner, acknowledgeHours, actHours, restriction } = sla;
  const { model, version, site, unit } = sla.slice;
  return [
    {
      ...{ owner, acknowledgeHours, actHours, model },
      ...{ key: limitKey(sla.id, verdict), level: verdict },
      title: `${verdict === 'breach' ? 'Breach' : 'Warning'}: ${sla.title}`,
      words: limitWords(result),
      action: verdict === 'breach' ? sla.action : 'notify',
      quietMs: sla.windowWeeks * WEEK_MS,
      ...(version !== undefined && { version }),
      ...(site !== undefined && { site }),
      ...(unit !== undefined && { unit }),
      ...(restriction !== undefined && { restriction }),
    },
  ];
}

/** "acceptance of displayed 31.0 % (27.2 % to 35.1 %), n 412; at least 40.0 %, breach below 35.0 %" */
export function limitWords({ sla, figure }: SlaResult): string {
  const { direction, warn, breach, windowWeeks } = sla;
  const side = direction === 'at-least' ? 'below' : 'above';
  const said = (value: number) => numberText(figure ?? { kind: 'share', unit: '1' }, value);
  const limits = `warning ${side} ${said(warn)}, breach ${side} ${said(breach)}`;
  const over = `in ${windowWeeks} ${windowWeeks === 1 ? 'week' : 'weeks'}`;
  if (figure?.value === undefined) return `${sla.figure} ${over}: nothing can be said; ${limits}`;
  const { low, high } = figure.interval ?? {};
  const sure =
    low === undefined || high === undefined ? 'no interval' : `${said(low)} to ${said(high)}`;
  return `${sla.figure} ${over}: ${said(figure.value)} (${sure}), n ${figure.denominator}; ${limits}`;
}

function signalFinding(signal: Signal, duty: Duty): readonly Finding[] {
  const { name, model_id, model_version, site, unit, group, reason, since } = signal;
  if (model_id === null) return [];
  const { title, means, next } = SIGNAL_TEXTS[name];
  const about = [group && `${group.dimension} ${group.value}`, reason].filter(Boolean).join(', ');
  return [
    {
      ...{ owner: duty.owner, acknowledgeHours: duty.acknowledgeHours, actHours: duty.actHours },
      ...{ key: signalKey(name, signal), level: 'signal', model: model_id, action: 'notify' },
      quietMs: SIGNAL_QUIET_WEEKS * WEEK_MS,
      title: `Signal: ${title}${about === '' ? '' : ` (${about})`}`,
      words: `Since the week of ${since}. ${means} Next: ${next}`,
      ...(model_version !== null && { version: model_version }),
      ...(site !== null && { site }),
      ...(unit !== null && { unit }),
    },
  ];
}

/** What is on record of a matter that was found before. */
export interface EpisodeOnRecord {
  readonly id: string;
  readonly key: string;
  /** True once the matter was found to be over: the next time is another episode. */
  readonly over: boolean;
  /** ISO 8601: since when people say that it is done. */
  readonly doneAt?: string;
}

/** Namespace of the identifiers below; made once for this purpose. */
const EPISODES = '0b0f2a5e-52d4-5c1e-9a43-6f3a9d0c7e51';

/**
 * Identifier of the episode that a finding belongs to. Whoever finds the same matter again, or goes on
 * after a crash, comes to the same one. The next begins after its end, and where the matter still stands
 * although people said long ago that it was done.
 * @param now epoch ms
 */
export function episodeId(
  { key, quietMs }: Pick<Finding, 'key' | 'quietMs'>,
  onRecord: readonly EpisodeOnRecord[],
  now: number,
): string {
  const own = onRecord.filter((one) => one.key === key);
  const isPast = ({ over, doneAt }: EpisodeOnRecord): boolean =>
    over || (doneAt !== undefined && Date.parse(doneAt) + quietMs < now);
  const open = own.find((one) => !isPast(one));
  return open?.id ?? `urn:uuid:${uuidV5(EPISODES, `${key}#${own.length}`)}`;
}
