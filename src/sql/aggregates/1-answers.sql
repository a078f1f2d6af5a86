-- Answers with the time that counts: where the server's clock contradicts the device's, the server's.
CREATE TABLE answers AS
SELECT d.*,
  CASE WHEN d.time_quality = 'ahead-of-server' THEN d.recorded_at ELSE d.decided_at END AS answered_at,
  d.status = 'final' AND d.response NOT IN ('withdrawn', 'unknown') AND t.replaces_id IS NULL AS stands
FROM decisions d
LEFT JOIN (
  SELECT DISTINCT replaces_id FROM decisions
  WHERE status = 'final' AND response IN ('withdrawn', 'unknown') AND replaces_id IS NOT NULL
) t ON t.replaces_id = d.decision_id;
