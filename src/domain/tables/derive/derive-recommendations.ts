import type { RecommendationRow } from '../recommendations.ts';
import type { ScoreRow } from '../scores.ts';
import { countRepeats } from './counters.ts';
import type { Frame } from './frame.ts';
import { rowsOfLastVersions } from './one-of-copies.ts';
import type { SourcedTables } from './sourced.ts';
import { subgroup } from './subgroups.ts';
import { withSupersession } from './supersession.ts';

type Output = Pick<ScoreRow, 'score' | 'model_id' | 'model_version'>;

/** At or above the threshold; null where either is not known. A score of unknown scale is not. */
const fires = (score: number | null, threshold: number | null, scale: string | null) =>
  score === null || threshold === null || scale === 'unknown' ? null : score >= threshold;

const thresholdOf = (row: Output, at: number | null, { models }: Frame): number | null =>
  row.score === null ? null : models.thresholdAt(row, at);

export function deriveScores(read: SourcedTables, frame: Frame): readonly ScoreRow[] {
  return rowsOfLastVersions(read.scores).map(({ row }) => {
    const { scored_at: at } = row;
    const unit = row.unit ?? frame.places.unitAt(row.encounter_id, at);
    const site = row.site ?? frame.places.siteOf(unit);
    const threshold = thresholdOf(row, at, frame);
    const settings = frame.models.settingsOf(row);
    return {
      ...row,
      ...subgroup(frame.patient(row.patient_id), at),
      unit,
      site,
      threshold,
      fired: fires(row.score, threshold, row.score_scale),
      horizon_h: row.horizon_h ?? settings?.horizon_h ?? null,
      outcome_code: row.outcome_code ?? settings?.outcome_code ?? null,
      scored_week: frame.places.localTime(site, at)?.week ?? null,
    };
  });
}

function deriveOne(row: RecommendationRow, frame: Frame): RecommendationRow {
  const { fired_at: at } = row;
  const unit = row.unit ?? frame.places.unitAt(row.encounter_id, at);
  const site = row.site ?? frame.places.siteOf(unit);
  const settings = frame.models.settingsOf(row);
  return {
    ...row,
    ...subgroup(frame.patient(row.patient_id), at),
    unit,
    site,
    model_state: row.model_state ?? frame.models.stateAt(row, at),
    threshold: thresholdOf(row, at, frame),
    horizon_h: row.horizon_h ?? settings?.horizon_h ?? null,
    outcome_code: row.outcome_code ?? settings?.outcome_code ?? null,
    fired_week: frame.places.localTime(site, at)?.week ?? null,
  };
}

/** What fired: an inference known to be below its threshold is a score and no recommendation. */
export function deriveRecommendations(
  read: SourcedTables,
  frame: Frame,
): readonly RecommendationRow[] {
  const rows = withSupersession(read.recommendations).map((row) => deriveOne(row, frame));
  return countRepeats(
    rows.filter((row) => fires(row.score, row.threshold, row.score_scale) !== false),
  );
}
