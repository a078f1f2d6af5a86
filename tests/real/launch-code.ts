/** What the SMART Health IT launcher (v2) is told about a launch; references or bare ids. */
export interface LaunchOptions {
  readonly type: 'provider-ehr' | 'provider-standalone';
  /** Several, separated by commas: its picker asks which of them. */
  readonly patient?: string;
  readonly provider?: string;
  /** A reference, or AUTO, MANUAL (its picker asks) or NONE. */
  readonly encounter?: string;
  /** Inside its simulated EHR, which shows the patient itself. */
  readonly framed?: boolean;
}

const TYPES = ['provider-ehr', 'patient-portal', 'provider-standalone'];
const PUBLIC_CLIENT = 0;
const PKCE_ALWAYS = 2;

/** `launch` parameter or address segment, as its src/isomorphic/codec.ts packs them. */
export function launchCode(options: LaunchOptions): string {
  const id = (references = '') => references.replace(/[A-Za-z]+\//g, '');
  const packed = [
    TYPES.indexOf(options.type),
    id(options.patient),
    id(options.provider),
    id(options.encounter) || 'AUTO',
    1, // no login page
    1, // no consent page
    options.framed ? 1 : 0,
    ...Array.from({ length: 7 }, () => ''), // registration and simulated errors: none
    PUBLIC_CLIENT,
    PKCE_ALWAYS,
    '', // FHIR server: the one that it was started with
  ];
  return Buffer.from(JSON.stringify(packed)).toString('base64url');
}
