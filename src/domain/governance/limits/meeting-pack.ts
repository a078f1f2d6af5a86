import { isSmall } from '#src/domain/disclosure/count-table.ts';
import { shareMayBeShown } from '#src/domain/disclosure/suppress.ts';
import type { Facts } from '#src/domain/metrics/facts/facts.ts';
import { numberText } from '#src/domain/metrics/figure-text.ts';
import type { Signal } from '#src/domain/monitoring/signal.ts';
import { SIGNAL_TEXTS } from '#src/domain/monitoring/texts.ts';
import type { ChangeRow } from '#src/domain/tables/changes.ts';
import type { IncidentRow } from '#src/domain/tables/incidents.ts';
import type { ModelStateRecord } from '../model-state.ts';
import { standingPlaces } from '../standing-places.ts';
import { type EscalationClock, escalationClock, type Timed } from './escalation-clock.ts';
import { ADOPTION_HEAD, adoptionRows } from './meeting-pack-adoption.ts';
import { dayText, LEFT_OUT, plain, rowShown, table } from './meeting-pack-text.ts';
import type { SlaResult, Verdict } from './sla.ts';

/** Everything that a committee is told; nothing of it names a patient or a clinician. */
export interface MeetingFacts {
  readonly site: string;
  /** Epoch ms. */
  readonly now: number;
  /** `YYYY-MM-DD` of the last meeting. */
  readonly since: string;
  /** What is missing of the data, in words; empty: nothing. */
  readonly gaps: readonly string[];
  readonly facts: Facts | undefined;
  readonly signals: readonly Signal[];
  readonly slas: readonly SlaResult[];
  readonly incidents: readonly IncidentRow[] | undefined;
  readonly changes: readonly ChangeRow[];
  readonly models: readonly MeetingModel[];
  readonly proposals: readonly {
    readonly model: string;
    readonly to: string;
    readonly at: string;
  }[];
  readonly escalations: readonly (Timed & { readonly title: string })[];
}

export interface MeetingModel {
  readonly name: string;
  readonly version: string | undefined;
  readonly records: readonly ModelStateRecord[];
}

const SOON_MS = 30 * 86_400_000;

/** The pack as Markdown. */
export function meetingPack(pack: MeetingFacts): string {
  const { site, now, since, gaps } = pack;
  const section = (title: string, lines: readonly string[]): readonly string[] => [
    `## ${title}`,
    '',
    ...lines,
    '',
  ];
  return [
    `# AI governance: ${plain(site)}`,
    '',
    `From ${since} to ${dayText(now)}. Made from live data on ${new Date(now).toISOString().slice(0, 16)}Z. Counts of 1–10 are ${LEFT_OUT}, and whatever would give them away.`,
    '',
    ...gaps.map((words) => `**Not complete:** ${plain(words)}`),
    ...(gaps.length > 0 ? [''] : []),
    ...section('Open matters', openMatters(pack)),
    ...section('What was agreed', agreed(pack)),
    ...section('Signals', signals(pack)),
    ...section('Adoption', adoption(pack)),
    ...section('Safety reports', reports(pack)),
    ...section('Approvals due', approvals(pack)),
    ...section('Models', models(pack)),
    ...section('Changes', changes(pack)),
  ].join('\n');
}

const openMatters = ({ escalations, now }: MeetingFacts): readonly string[] =>
  table(
    ['Matter', 'Due'],
    escalations
      .filter(({ standing }) => standing === 'open' || standing === 'acknowledged')
      .map((one) => [one.title, dueText(escalationClock(one, now))]),
    'Nothing waits for an answer.',
  );

const dueText = (clock: EscalationClock | undefined): string =>
  clock === undefined
    ? 'no time set'
    : `${clock.what} by ${dayText(clock.due)}${clock.late ? ', overdue' : ''}`;

const VERDICTS: Readonly<Record<Verdict, string>> = {
  kept: 'kept',
  unclear: 'not clear: the interval holds a limit',
  warn: 'warning',
  breach: 'BREACH',
  'cannot-tell': 'too few to say',
};

const agreed = ({ slas }: MeetingFacts): readonly string[] =>
  table(
    ['Limit', 'Stands', 'Figure', 'Warning', 'Breach'],
    slas.map(({ sla, verdict, figure }) => {
      const said = (value: number) => numberText(figure ?? { kind: 'share', unit: '1' }, value);
      const side = sla.direction === 'at-least' ? 'below' : 'above';
      const limits = [`${side} ${said(sla.warn)}`, `${side} ${said(sla.breach)}`];
      return [sla.title, VERDICTS[verdict], figureText(figure), ...limits];
    }),
    'Nothing is agreed yet.',
  );

function figureText(figure: SlaResult['figure']): string {
  if (figure?.value === undefined) return 'none';
  const { numerator, denominator, interval } = figure;
  const open =
    numerator === undefined ? !isSmall(denominator) : shareMayBeShown(numerator, denominator);
  if (!open) return LEFT_OUT;
  const said = (value: number) => numberText(figure, value);
  return `${said(figure.value)}${interval ? ` (${said(interval.low)} to ${said(interval.high)})` : ''}, n ${denominator}`;
}

const signals = ({ signals: all, since }: MeetingFacts): readonly string[] =>
  table(
    ['Signal', 'Where', 'Since the week of', 'Now'],
    all
      .filter(({ current, raisedAt }) => current || raisedAt >= since)
      .map((one) => [
        SIGNAL_TEXTS[one.name].title,
        [one.model_id ?? 'model not recorded', one.model_version, one.site, one.unit]
          .filter((part) => part !== null)
          .join(', '),
        one.since,
        one.current ? 'stands' : 'no longer beyond its limit',
      ]),
    'No signal stands, and none was raised.',
  );

const adoption = ({ facts, since }: MeetingFacts): readonly string[] =>
  facts === undefined
    ? ['What was shown or answered could not be read.']
    : table(ADOPTION_HEAD, adoptionRows(facts, since), 'Nothing was shown.');

const KINDS = ['incident', 'near-miss', 'unsafe-condition', 'unknown'] as const;

function reports({ incidents, since }: MeetingFacts): readonly string[] {
  if (incidents === undefined) return ['Reports could not be read.'];
  const recent = incidents.filter(({ recorded_at }) => (recorded_at ?? 0) >= Date.parse(since));
  const text = (count: number | undefined): string => count?.toString() ?? LEFT_OUT;
  return table(
    ['Model', 'Reached a patient', 'Near miss', 'Unsafe condition', 'Not said', 'All'],
    [...Map.groupBy(recent, (one) => one.model_id ?? 'model not recorded')].map(([model, rows]) => {
      const counts = KINDS.map((kind) => rows.filter((one) => one.kind === kind).length);
      const { cells, sum } = rowShown(counts);
      return [model, ...cells.map(text), text(sum)];
    }),
    'No report.',
  );
}

const IN_USE: readonly string[] = ['pilot', 'active', 'restricted', 'expired'];

const approvals = ({ models: all, proposals, now }: MeetingFacts): readonly string[] =>
  table(
    ['Model', 'Why', 'When'],
    [
      ...proposals.map(({ model, to, at }) => [model, `proposed to become ${to}`, at.slice(0, 10)]),
      ...standingOf(all, now).flatMap(({ name, where, standing }) => {
        const end = Date.parse(standing.record?.until ?? '');
        if (!IN_USE.includes(standing.code) || !(end < now + SOON_MS)) return [];
        return [[name, `approval ${end < now ? 'has ended' : 'ends'}, ${where}`, dayText(end)]];
      }),
    ],
    'No proposal waits, and no approval ends within 30 days.',
  );

const models = ({ models: all, now }: MeetingFacts): readonly string[] =>
  table(
    ['Model', 'Where', 'State', 'Since'],
    standingOf(all, now).map(({ name, where, standing: { code, since } }) => [
      name,
      where,
      code === 'unknown' ? 'not on record' : code,
      since?.slice(0, 10) ?? '',
    ]),
    'No model is on the registry.',
  );

/** What holds where, one after the other. */
const standingOf = (all: readonly MeetingModel[], now: number) =>
  all.flatMap(({ name, version, records }) => {
    const places = standingPlaces(records, now);
    const elsewhere = places.length === 1 ? 'everywhere' : 'everywhere else';
    return places.map(({ site, unit, standing }) => ({
      name: version === undefined || name.endsWith(version) ? name : `${name} ${version}`,
      where: [site, unit].filter((part) => part !== undefined).join(', ') || elsewhere,
      standing,
    }));
  });

/** What somebody typed about a change stays on the page: nobody can tell what words hold. */
const changes = ({ changes: all, since }: MeetingFacts): readonly string[] =>
  table(
    ['Day', 'What', 'Model', 'From', 'To'],
    all
      .flatMap((row) => (row.changed_at === null ? [] : [{ row, at: row.changed_at }]))
      .filter(({ row, at }) => row.status === 'final' && at >= Date.parse(since))
      .toSorted((a, b) => a.at - b.at)
      .map(({ row, at }) => [
        dayText(at),
        row.kind,
        [row.model_id ?? 'every model', row.model_version].filter(Boolean).join(' '),
        row.from_value ?? '',
        row.to_value ?? '',
      ]),
    'Nothing was changed.',
  );
