/** What the banner shows, and what the wrong-patient guard compares. */
export interface PatientSummary {
  readonly id: string;
  /** "RIVERA, Maria": family name first and in capitals, as EHR banners do. */
  readonly displayName: string;
  readonly family?: string;
  readonly given?: string;
  readonly birthDate?: string;
  readonly sex?: string;
  /** Medical record number, if the server sends an identifier of that type. */
  readonly mrn?: string;
  readonly deceased: boolean;
}
