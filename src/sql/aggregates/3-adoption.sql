-- What clinicians did with what was put before them; clusters are clinicians.
CREATE VIEW adoption AS
SELECT p.model_id, p.week, p.clinician_id AS cluster, c.cell, count(*) AS n
FROM presentations p
CROSS JOIN (VALUES ('displayed'), ('recorded'), ('silent'), ('responded'), ('accepted'), ('modified'),
  ('overridden'), ('deferred'), ('ever-deferred'), ('converted'), ('late-known'), ('late-done'),
  ('attested'), ('attested-done')) AS c(cell)
WHERE CASE c.cell
  WHEN 'displayed' THEN TRUE
  WHEN 'recorded' THEN NOT p.implied
  WHEN 'silent' THEN NOT p.implied AND p.response IS NULL
  WHEN 'responded' THEN p.response IS NOT NULL
  WHEN 'accepted' THEN p.response = 'accepted'
  WHEN 'modified' THEN p.response = 'accepted-modified'
  WHEN 'overridden' THEN p.response = 'overridden'
  WHEN 'deferred' THEN p.response = 'deferred'
  WHEN 'ever-deferred' THEN p.was_deferred
  WHEN 'converted' THEN p.was_deferred AND p.final_response IN ('accepted', 'accepted-modified')
  WHEN 'late-known' THEN p.late_adherence_24h IS NOT NULL
  WHEN 'late-done' THEN p.late_adherence_24h
  WHEN 'attested' THEN p.attested_done IS NOT NULL
  WHEN 'attested-done' THEN p.attested_done
END
GROUP BY p.model_id, p.week, p.clinician_id, c.cell;
