/** Labelled data that somebody wants of one quarter, to train a model anew. */
export interface DataRequest {
  /** "Task/id" */
  readonly task: string;
  readonly version: string | undefined;
  readonly id: string;
  /** "Device/id" */
  readonly device: string;
  /** "2026-Q3" */
  readonly quarter: string;
  readonly purpose: string;
  readonly status: 'requested' | 'approved' | 'declined' | 'exported';
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly decidedBy?: string;
  /** Words of the decision, which name the approval where there is one elsewhere. */
  readonly decision?: string;
  /** SHA-256 of `manifest.json`, in lower-case hexadecimal: the export's audit record has it too. */
  readonly manifest?: string;
}

/**
 * Quarters that are over, the newest first.
 * @param now epoch ms @param count how many
 */
export function pastQuarters(now: number, count: number): readonly string[] {
  const today = new Date(now);
  const running = today.getUTCFullYear() * 4 + Math.floor(today.getUTCMonth() / 3);
  return Array.from({ length: count }, (_, at) => {
    const quarter = running - 1 - at;
    return `${Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`;
  });
}

/** Why this person cannot decide it, in words; undefined: they can. */
export function decidingProblem(
  { status, by }: Pick<DataRequest, 'status' | 'by'>,
  names: readonly string[],
): string | undefined {
  if (names.length === 0) return 'The sign-in does not say who you are.';
  if (status !== 'requested') return 'It is decided.';
  return names.includes(by) ? 'You asked for it: somebody else decides.' : undefined;
}

export const isManifestHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
