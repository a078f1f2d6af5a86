-- Whether the model was right about an encounter: all scores of a model version together, fired where any
-- fired before the event, held against the encounter's labels of the same outcome. Rows are independent.
CREATE VIEW accuracy_by_encounter AS
WITH labels AS (
  SELECT * FROM outcomes WHERE kind = 'label' AND status = 'final' AND encounter_id IS NOT NULL
), subjects AS (
  SELECT DISTINCT encounter_id, model_id, model_version, outcome_code
  FROM scores WHERE status = 'final' AND encounter_id IS NOT NULL
), judged AS (
  SELECT s.encounter_id, s.model_id, s.model_version, s.outcome_code,
    max(CASE WHEN l.label THEN 1 ELSE 0 END) AS happened,
    max(CASE WHEN NOT l.label THEN 1 ELSE 0 END) AS looked_for,
    max(CASE WHEN l.label AND l.critical THEN 1 ELSE 0 END) AS critical,
    max(CASE WHEN l.censored THEN 1 ELSE 0 END) AS censored,
    min(CASE WHEN l.label THEN l.happened_at END) AS happened_at
  FROM subjects s
  JOIN labels l ON l.encounter_id = s.encounter_id
  WHERE s.outcome_code IS NULL OR l.outcome_code = s.outcome_code
  GROUP BY s.encounter_id, s.model_id, s.model_version, s.outcome_code
), scored AS (
  SELECT c.*, COALESCE(j.happened, 0) AS happened, COALESCE(j.looked_for, 0) AS looked_for,
    COALESCE(j.critical, 0) AS was_critical, COALESCE(j.censored, 0) AS was_censored,
    COALESCE(c.fired, FALSE) AND (c.scored_at IS NULL OR j.happened_at IS NULL
      OR c.scored_at <= j.happened_at) AS fired_in_time
  FROM scores c
  LEFT JOIN judged j ON j.encounter_id = c.encounter_id AND j.model_id IS NOT DISTINCT FROM c.model_id
    AND j.model_version IS NOT DISTINCT FROM c.model_version
    AND j.outcome_code IS NOT DISTINCT FROM c.outcome_code
  WHERE c.status = 'final' AND c.encounter_id IS NOT NULL
), ranked AS (
  SELECT s.*,
    max(CASE WHEN fired IS NOT NULL THEN 1 ELSE 0 END) OVER (
      PARTITION BY encounter_id, model_id, model_version, outcome_code) AS threshold_known,
    row_number() OVER (PARTITION BY encounter_id, model_id, model_version, outcome_code
      ORDER BY CASE WHEN fired_in_time THEN 0 ELSE 1 END,
        CASE WHEN fired_in_time THEN 0 ELSE -COALESCE(score, -1e300) END,
        COALESCE(scored_at, 0), score_id, prediction) AS nth
  FROM scored s
), encounter AS (
  SELECT model_id, scored_week AS week, threshold_known = 1 AS known, fired_in_time AS fired,
    happened = 1 AS event, happened = 0 AND was_censored = 1 AS lost,
    CASE WHEN happened = 1 THEN TRUE WHEN looked_for = 1 THEN FALSE END AS label, was_critical = 1 AS critical
  FROM ranked WHERE nth = 1
)
SELECT e.model_id, e.week, '' AS cluster, c.cell, count(*) AS n
FROM encounter e
CROSS JOIN (VALUES ('no threshold'), ('fired'), ('silent'), ('censored'), ('unlabelled'),
  ('tp'), ('fp'), ('fn'), ('tn'), ('critical'), ('critical missed')) AS c(cell)
WHERE CASE c.cell
  WHEN 'no threshold' THEN NOT e.known
  WHEN 'fired' THEN e.known AND e.fired
  WHEN 'silent' THEN e.known AND NOT e.fired
  WHEN 'censored' THEN e.known AND e.lost
  WHEN 'unlabelled' THEN e.known AND NOT e.lost AND e.label IS NULL
  WHEN 'tp' THEN e.known AND NOT e.lost AND e.fired AND e.label
  WHEN 'fp' THEN e.known AND NOT e.lost AND e.fired AND NOT e.label
  WHEN 'fn' THEN e.known AND NOT e.lost AND NOT e.fired AND e.label
  WHEN 'tn' THEN e.known AND NOT e.lost AND NOT e.fired AND NOT e.label
  WHEN 'critical' THEN e.known AND NOT e.lost AND e.label AND e.critical
  WHEN 'critical missed' THEN e.known AND NOT e.lost AND e.label AND e.critical AND NOT e.fired
END
GROUP BY e.model_id, e.week, c.cell;
