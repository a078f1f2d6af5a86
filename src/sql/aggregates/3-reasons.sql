-- Why clinicians overrode, by primary reason and by who can act on it; clusters are clinicians.
CREATE VIEW reasons AS
SELECT model_id, week, clinician_id AS cluster, cell, count(*) AS n FROM (
  SELECT model_id, week, clinician_id, 'overridden' AS cell
  FROM presentations WHERE response = 'overridden'
  UNION ALL
  SELECT model_id, week, clinician_id, 'no reason'
  FROM presentations WHERE response = 'overridden' AND reason_code IS NULL
  UNION ALL
  SELECT model_id, week, clinician_id, 'reason ' || reason_code
  FROM presentations WHERE response = 'overridden' AND reason_code IS NOT NULL
  UNION ALL
  SELECT model_id, week, clinician_id, 'owner ' || reason_owner
  FROM presentations WHERE response = 'overridden' AND reason_code IS NOT NULL
) AS said
GROUP BY model_id, week, clinician_id, cell;
