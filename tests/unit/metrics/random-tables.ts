import { makeRow } from '#src/domain/tables/column.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { EXPOSURES } from '#src/domain/tables/exposures.ts';
import { OUTCOMES } from '#src/domain/tables/outcomes.ts';
import { RECOMMENDATIONS } from '#src/domain/tables/recommendations.ts';
import { REVIEWS } from '#src/domain/tables/reviews.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import { SHIFTS } from '#src/domain/tables/shifts.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const RESPONSES = ['accepted', 'accepted-modified', 'overridden', 'deferred'] as const;
const REASONS = ['action-completed', 'ai-input-wrong', 'recipient-does-not-trust', null] as const;
const BANDS = ['18-44', '65-79', '90+', null] as const;
const SEXES = ['female', 'male', null] as const;
const JUDGEMENTS = ['appropriate', 'inappropriate', 'undecided'] as const;

/** mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Small tables in which everything occurs: silence, late labels, two versions, patients without a group. */
export function randomTables(seed: number, size = 60): Tables {
  const next = random(seed);
  const pick = <T>(items: readonly [T, ...T[]] | readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const events = Array.from({ length: size }, (_, i) => {
    const at = START + Math.floor(next() * 16 * 7 * 24) * HOUR;
    return {
      i,
      at,
      week: new Date(START + Math.floor((at - START) / (7 * 24 * HOUR)) * 7 * 24 * HOUR)
        .toISOString()
        .slice(0, 10),
      model_id: pick(['sepsis', 'falls']),
      model_version: pick(['1', '2']),
      site: pick(['north', 'south']),
      unit: pick(['u1', 'u2', 'u3', null]),
      age_band: pick(BANDS),
      sex: pick(SEXES),
      clinician_id: `c${Math.floor(next() * 14)}`,
      clinician_role: pick(['doctor', 'nurse']),
      risk_band: pick(['high', 'low']),
      encounter_id: `e${Math.floor(next() * size)}`,
      score: Math.round(next() * 1_000) / 1_000,
      answered: next() < 0.8,
      response: pick(RESPONSES),
      label: next() < 0.3,
    };
  });
  const shared = (event: (typeof events)[number]) => ({
    ...Object.fromEntries(Object.entries(event).filter(([name]) => name in EXPOSURES.columns)),
    model_id: event.model_id,
    model_version: event.model_version,
    site: event.site,
    unit: event.unit,
    age_band: event.age_band,
    sex: event.sex,
    risk_band: event.risk_band,
    encounter_id: event.encounter_id,
    patient_id: `p-${event.encounter_id}`,
    recommendation_id: `r${event.i}`,
    recommendation_version: '1',
  });
  const who = ({ clinician_id, clinician_role }: (typeof events)[number]) => ({
    clinician_id,
    clinician_role,
  });
  const answers = events.filter(({ answered }) => answered);
  return {
    recommendations: events.map((event) =>
      makeRow(RECOMMENDATIONS, {
        ...shared(event),
        carrier: 'RiskAssessment',
        fired_at: event.at,
        fired_week: event.week,
        status: 'current',
      }),
    ),
    exposures: events.map((event) =>
      makeRow(EXPOSURES, {
        ...shared(event),
        ...who(event),
        exposure_id: `x${event.i}`,
        displayed_at: event.at,
        displayed_week: event.week,
        time_quality: 'ok',
        status: 'final',
        implied: false,
        exposures_to_date: Math.floor(next() * 300),
      }),
    ),
    decisions: answers.map((event) =>
      makeRow(DECISIONS, {
        ...shared(event),
        ...who(event),
        decision_id: `d${event.i}`,
        response: event.response,
        reason_code: event.response === 'overridden' ? pick(REASONS) : null,
        decided_at: event.at + Math.floor(next() * 30) * HOUR,
        decided_week: event.week,
        dwell_ms: next() < 0.9 ? Math.floor(next() * 20_000) : null,
        comment_present: false,
        time_quality: 'ok',
        status: 'final',
        sink: 'table',
        attested_done: next() < 0.2 ? next() < 0.5 : null,
        late_adherence_24h: event.response === 'overridden' ? next() < 0.3 : null,
      }),
    ),
    reviews: answers
      .filter(({ response }) => response === 'overridden')
      .flatMap((event) =>
        ['one', 'two'].map((reviewer) =>
          makeRow(REVIEWS, {
            review_id: `v${event.i}-${reviewer}`,
            decision_id: `d${event.i}`,
            reviewer_id: reviewer,
            judgement: pick(JUDGEMENTS),
            harm: next() < 0.5 ? next() < 0.2 : null,
            stratum: event.risk_band,
            sampling_fraction: event.risk_band === 'high' ? 1 : 0.25,
            status: 'final',
          }),
        ),
      ),
    scores: events.map((event) =>
      makeRow(SCORES, {
        ...shared(event),
        score_id: `s${event.i}`,
        score_version: '1',
        prediction: 0,
        score: event.score,
        score_scale: 'probability',
        threshold: 0.5,
        horizon_h: 48,
        fired: event.score >= 0.5,
        scored_at: event.at,
        scored_week: event.week,
        status: 'final',
      }),
    ),
    outcomes: events.flatMap((event) => [
      makeRow(OUTCOMES, {
        outcome_id: `o${event.i}`,
        rule: 'sepsis',
        kind: 'label',
        encounter_id: event.encounter_id,
        patient_id: `p-${event.encounter_id}`,
        outcome_code: 'sepsis',
        label: event.label,
        critical: event.label && next() < 0.5,
        happened_at: event.at + Math.floor(next() * 60) * HOUR,
        label_source: 'table',
        censored: next() < 0.05,
        status: 'final',
      }),
      makeRow(OUTCOMES, {
        outcome_id: `a${event.i}`,
        rule: 'antibiotic',
        kind: 'action',
        encounter_id: event.encounter_id,
        outcome_code: 'antibiotic',
        label: true,
        happened_at: event.at + Math.floor(next() * 20 - 4) * HOUR,
        label_source: 'table',
        censored: false,
        status: 'final',
      }),
    ]),
    encounters: events.map((event) =>
      makeRow(ENCOUNTERS, {
        encounter_id: `e${event.i}`,
        stay: 0,
        status: 'final',
        site: event.site,
        unit: event.unit,
        sex: event.sex,
        stay_start: event.at,
        stay_end: next() < 0.9 ? event.at + Math.floor(next() * 90) * HOUR : null,
      }),
    ),
    shifts: events.map((event) =>
      makeRow(SHIFTS, {
        shift_id: `t${event.i}`,
        clinician_id: event.clinician_id,
        site: event.site,
        shift_start: event.at,
        shift_end: event.at + 8 * HOUR,
      }),
    ),
  };
}
