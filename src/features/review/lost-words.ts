/**
 * What a read-back found missing, for a clinician: "comment", "recommendation answered (changed)". The
 * path stays with the informatics team ("comment: not stored (Observation.note)", see
 * `fhir/feedback/read-back.ts`).
 */
export function lostWords(lost: string): string {
  const [name = lost, finding = ''] = lost.split(': ');
  if (finding.startsWith('shortened')) return `${name} (shortened)`;
  return finding.startsWith('stored differently') ? `${name} (changed)` : name;
}
