/** One of the 18 identifiers of 45 CFR 164.514(b)(2)(i), and how a de-identified package is without it. */
export interface SafeHarborItem {
  readonly letter: string;
  readonly what: string;
  /** How it is met. */
  readonly how: string;
  /** Kinds of planted identifiers that the test of this item looks for; `tests/unit/privacy`. */
  readonly planted: string;
}

const LISTED =
  'No text passes that was on no list: replaced by a random name, or the column is gone.';

export const SAFE_HARBOR: readonly SafeHarborItem[] = [
  {
    letter: 'A',
    what: 'Names',
    how: `Free text, titles and names of owners are gone. ${LISTED}`,
    planted: 'name',
  },
  {
    letter: 'B',
    what: 'Geography smaller than a state, ZIP codes',
    how: 'No column holds an address or a ZIP code, not even three digits of it, so no population has to be looked up. Sites and units have random names.',
    planted: 'address',
  },
  {
    letter: 'C',
    what: 'Elements of dates but the year; ages over 89',
    how: 'One year for each patient, that of time zero, and milliseconds from there. Weeks, hours and offsets are gone: they would tell the season. Ages are bands, the last one open at 90.',
    planted: 'date',
  },
  { letter: 'D', what: 'Telephone numbers', how: LISTED, planted: 'phone' },
  { letter: 'E', what: 'Fax numbers', how: LISTED, planted: 'fax' },
  { letter: 'F', what: 'E-mail addresses', how: LISTED, planted: 'email' },
  { letter: 'G', what: 'Social security numbers', how: LISTED, planted: 'ssn' },
  {
    letter: 'H',
    what: 'Medical record numbers',
    how: 'Patients have random names, which are never computed from a number.',
    planted: 'mrn',
  },
  { letter: 'I', what: 'Health plan numbers', how: LISTED, planted: 'plan' },
  {
    letter: 'J',
    what: 'Account numbers',
    how: 'Encounters have random names.',
    planted: 'account',
  },
  {
    letter: 'K',
    what: 'Certificate and licence numbers',
    how: 'Clinicians have random names, and a role that is on a list.',
    planted: 'licence',
  },
  { letter: 'L', what: 'Vehicle identifiers', how: LISTED, planted: 'vehicle' },
  {
    letter: 'M',
    what: 'Device identifiers and serial numbers',
    how: 'References of Devices are gone; models have random names where the site did not state theirs.',
    planted: 'device',
  },
  {
    letter: 'N',
    what: 'URLs',
    how: 'References are replaced, relative or absolute. The two systems of codes that may stand are published ones.',
    planted: 'url',
  },
  { letter: 'O', what: 'IP addresses', how: LISTED, planted: 'ip' },
  {
    letter: 'P',
    what: 'Biometric identifiers',
    how: 'No column holds any; a text that described one would be on no list.',
    planted: 'biometric',
  },
  {
    letter: 'Q',
    what: 'Full-face photographs',
    how: 'No column holds an image or the address of one.',
    planted: 'photo',
  },
  {
    letter: 'R',
    what: 'Any other unique number, characteristic or code',
    how: 'Every reference and identifier is replaced. Race, language and payer that 1–10 patients have are `other`. Names are drawn anew for each package, unless the site keeps a key.',
    planted: 'code',
  },
];
