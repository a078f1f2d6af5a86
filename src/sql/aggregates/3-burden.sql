-- Interruptions by unit, and encounters that began there in the week of their start, in UTC.
CREATE VIEW burden AS
SELECT model_id, week, cluster, cell, count(*) AS n FROM (
  SELECT model_id, week, COALESCE(unit, site, '') AS cluster, 'displayed' AS cell FROM presentations
  UNION ALL
  SELECT CAST(NULL AS VARCHAR), CAST(CAST(date_trunc('week', TIMESTAMP '1970-01-01 00:00:00'
      + stay_start / 1000 * INTERVAL '1 second') AS DATE) AS VARCHAR), COALESCE(unit, site, ''), 'encounters'
  FROM encounters WHERE status = 'final' AND stay = 0
) AS loads
GROUP BY model_id, week, cluster, cell;
