-- Visible time from display to answer in fixed bins, and what was answered too fast to be read.
CREATE VIEW response_time AS
WITH edges(edge) AS (VALUES (0), (500), (1000), (1500), (2000), (2500), (3000), (3500), (4000), (4500),
  (5000), (6000), (7000), (8000), (9000), (10000), (12000), (14000), (16000), (18000), (20000), (25000),
  (30000), (40000), (50000), (60000), (90000), (120000), (180000), (300000), (600000), (1800000), (3600000)
), timed AS (
  SELECT p.*, p.response IN ('accepted', 'accepted-modified') AS followed,
    (SELECT max(e.edge) FROM edges e WHERE e.edge <= p.dwell_ms) AS bin
  FROM presentations p WHERE p.response IS NOT NULL AND p.dwell_ms IS NOT NULL
)
SELECT model_id, week, clinician_id AS cluster, cell, count(*) AS n FROM (
  SELECT model_id, week, clinician_id, 'timed' AS cell FROM timed
  UNION ALL SELECT model_id, week, clinician_id, 'ms ' || CAST(bin AS VARCHAR) FROM timed
  UNION ALL SELECT model_id, week, clinician_id, 'fast' FROM timed WHERE dwell_ms < 3000
  UNION ALL SELECT model_id, week, clinician_id, 'decided' FROM timed WHERE response <> 'deferred'
  UNION ALL SELECT model_id, week, clinician_id, 'followed' FROM timed WHERE followed
  UNION ALL SELECT model_id, week, clinician_id, 'fast-followed' FROM timed WHERE followed AND dwell_ms < 3000
) AS measured
GROUP BY model_id, week, clinician_id, cell;
