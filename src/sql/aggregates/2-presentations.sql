-- One recommendation version x clinician that was displayed, with the last answer that was given within
-- 24 h of the first display and that no other one of these replaces; and the last of all, however late.
CREATE TABLE presentations AS
WITH ordered AS (
  SELECT e.*,
    row_number() OVER (PARTITION BY recommendation_id, recommendation_version, clinician_id
      ORDER BY COALESCE(displayed_at, 9000000000000000), exposure_id) AS nth,
    min(CASE WHEN implied THEN 1 ELSE 0 END) OVER (
      PARTITION BY recommendation_id, recommendation_version, clinician_id) AS all_implied
  FROM exposures e WHERE e.status = 'final'
), units AS (
  SELECT * FROM ordered WHERE nth = 1
), given AS (
  SELECT a.*, (a.answered_at IS NULL OR u.displayed_at IS NULL
      OR a.answered_at <= u.displayed_at + 86400000) AS in_time
  FROM answers a JOIN units u ON u.recommendation_id = a.recommendation_id
    AND u.recommendation_version = a.recommendation_version AND u.clinician_id = a.clinician_id
), replaced AS (
  SELECT replaces_id, recommendation_id, recommendation_version, clinician_id,
    max(CASE WHEN in_time THEN 1 ELSE 0 END) AS by_one_in_time
  FROM given WHERE replaces_id IS NOT NULL AND replaces_id <> decision_id
  GROUP BY replaces_id, recommendation_id, recommendation_version, clinician_id
), open_answers AS (
  SELECT g.*, r.replaces_id IS NULL AS is_last, COALESCE(r.by_one_in_time, 0) = 0 AS is_last_in_time
  FROM given g LEFT JOIN replaced r ON r.replaces_id = g.decision_id
    AND r.recommendation_id = g.recommendation_id
    AND r.recommendation_version = g.recommendation_version AND r.clinician_id = g.clinician_id
  WHERE g.stands
), in_time AS (
  SELECT o.*, row_number() OVER (PARTITION BY recommendation_id, recommendation_version, clinician_id
      ORDER BY COALESCE(decided_at, -9000000000000000) DESC, decision_id DESC) AS nth
  FROM open_answers o WHERE in_time AND is_last_in_time
), finally AS (
  SELECT o.*, row_number() OVER (PARTITION BY recommendation_id, recommendation_version, clinician_id
      ORDER BY COALESCE(decided_at, -9000000000000000) DESC, decision_id DESC) AS nth
  FROM open_answers o WHERE is_last
), deferred AS (
  SELECT DISTINCT recommendation_id, recommendation_version, clinician_id
  FROM given WHERE in_time AND status = 'final' AND response = 'deferred'
)
SELECT u.recommendation_id, u.recommendation_version, u.clinician_id, u.model_id, u.unit, u.site,
  u.displayed_week AS week, u.all_implied = 1 AS implied,
  t.response, t.decision_id, t.decided_at, t.reason_code, t.reason_owner, t.dwell_ms,
  CASE WHEN t.response = 'overridden' THEN t.late_adherence_24h END AS late_adherence_24h,
  t.attested_done, f.response AS final_response, d.clinician_id IS NOT NULL AS was_deferred
FROM units u
LEFT JOIN in_time t ON t.nth = 1 AND t.recommendation_id = u.recommendation_id
  AND t.recommendation_version = u.recommendation_version AND t.clinician_id = u.clinician_id
LEFT JOIN finally f ON f.nth = 1 AND f.recommendation_id = u.recommendation_id
  AND f.recommendation_version = u.recommendation_version AND f.clinician_id = u.clinician_id
LEFT JOIN deferred d ON d.recommendation_id = u.recommendation_id
  AND d.recommendation_version = u.recommendation_version AND d.clinician_id = u.clinician_id;
