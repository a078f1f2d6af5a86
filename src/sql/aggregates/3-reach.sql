-- From fired to seen to answered, at recommendation level; clusters are hospital units.
CREATE VIEW reach AS
WITH answered AS (
  SELECT recommendation_id, recommendation_version, response,
    row_number() OVER (PARTITION BY recommendation_id, recommendation_version
      ORDER BY COALESCE(decided_at, 9000000000000000), decision_id) AS nth
  FROM presentations WHERE response IS NOT NULL AND response <> 'deferred'
), several AS (
  SELECT recommendation_id, recommendation_version, count(*) AS clinicians,
    max(CASE WHEN response IN ('accepted', 'accepted-modified') THEN 1 ELSE 0 END) AS followed,
    max(CASE WHEN response = 'overridden' THEN 1 ELSE 0 END) AS overridden
  FROM answered GROUP BY recommendation_id, recommendation_version
), seen AS (
  SELECT DISTINCT recommendation_id, recommendation_version FROM presentations
), fired AS (
  SELECT r.model_id, r.fired_week AS week, COALESCE(r.unit, '') AS cluster,
    s.recommendation_id IS NOT NULL AS displayed, a.response,
    COALESCE(v.clinicians, 0) AS clinicians, v.followed = 1 AND v.overridden = 1 AS disagreed
  FROM recommendations r
  LEFT JOIN seen s ON s.recommendation_id = r.recommendation_id
    AND s.recommendation_version = r.recommendation_version
  LEFT JOIN answered a ON a.nth = 1 AND a.recommendation_id = r.recommendation_id
    AND a.recommendation_version = r.recommendation_version
  LEFT JOIN several v ON v.recommendation_id = r.recommendation_id
    AND v.recommendation_version = r.recommendation_version
  WHERE r.status IN ('current', 'superseded')
)
SELECT f.model_id, f.week, f.cluster, c.cell, count(*) AS n
FROM fired f
CROSS JOIN (VALUES ('fired'), ('displayed'), ('decided'), ('followed'), ('several'), ('disagreed')) AS c(cell)
WHERE CASE c.cell
  WHEN 'fired' THEN TRUE
  WHEN 'displayed' THEN f.displayed
  WHEN 'decided' THEN f.response IS NOT NULL
  WHEN 'followed' THEN f.response IN ('accepted', 'accepted-modified')
  WHEN 'several' THEN f.clinicians > 1
  WHEN 'disagreed' THEN f.disagreed
END
GROUP BY f.model_id, f.week, f.cluster, c.cell;
