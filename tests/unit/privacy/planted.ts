import type { Column, Table } from '#src/domain/tables/column.ts';
import type { Row } from '#src/io/tables-out/encoder.ts';

/** Made up, and like nothing that a package says by itself. By kind, as `SAFE_HARBOR` names them. */
export const PLANTED: Readonly<Record<string, readonly string[]>> = {
  name: ['Ottoline Quarrington', 'QUARRINGTON^OTTOLINE', 'ann', 'Dr. Quarrington-Voss'],
  address: ['17 Thistledown Lane, Nether Wallop', '03745', 'Nether Wallop'],
  date: ['1957-03-14', '14.03.57', '03/14/1957', '2026-03-04T05:06:07Z', '12.11.26'],
  phone: ['+1 603 555 0147', '(603) 555-0147', '6035550147'],
  fax: ['fax 603-555-0199', '6035550199'],
  email: ['o.quarrington@wallop.test', 'mailto:oq@wallop.test'],
  ssn: ['219-09-9931', '219099931'],
  mrn: ['MRN00481516', 'Patient/00481516', '48151623'],
  plan: ['XEH123456789', 'member 88-771-20'],
  account: ['ACCT-77120045', 'HAR 990017723'],
  licence: ['NPI 1679576722', 'BQ7730412'],
  vehicle: ['1HGCM82633A004352', 'plate 4471-KX'],
  device: ['(01)00844588003288(21)A99F3Z', 'SN-PACER-771204'],
  url: ['https://ehr.wallop.test/fhir/Patient/7', 'http://wallop.test/portal?pt=7'],
  ip: ['10.66.77.88', '2001:db8:66::77'],
  biometric: ['fingerprint:whorl-9917', 'voiceprint 0x99f1a7'],
  photo: ['quarrington-face.jpg', 'data:image/jpeg;base64,/9j/4AAQ'],
  code: ['trial-subject-0417', 'study code ZQ-99-417', '=HYPERLINK("http://wallop.test")'],
};

/** So many patients each: a word is not rare because somebody planted it everywhere. */
const PATIENTS = 12;
const AT = Date.parse('2026-03-04T05:06:07Z');

function cell(name: string, column: Column, planted: string, patient: number): unknown {
  if (name === 'patient_id') return `${planted} ${patient}`;
  if (column.privacy === 'direct') return planted;
  if (column.values) return column.values[patient % column.values.length];
  switch (column.type) {
    case 'instant':
      return AT + patient * 60_000;
    case 'date':
      return '2026-03-02';
    case 'integer':
    case 'number':
      return column.min ?? 0;
    case 'boolean':
      return patient % 2 === 0;
    default:
      return planted;
  }
}

const ALL = Object.values(PLANTED).flat();
const ROUNDS = 5;

/**
 * Rows as a reader would pass them: an identifier in every text, another in each column, the same one
 * for twelve patients, five in each column.
 */
export const plantedRows = (table: Table): readonly Row[] =>
  Array.from({ length: ROUNDS * PATIENTS }, (_, row) => {
    const round = Math.floor(row / PATIENTS);
    const cells = Object.entries(table.columns).map(([name, column], at) => {
      const planted = ALL[(at * ROUNDS + round) % ALL.length] ?? '';
      return [name, cell(name, column, planted, row % PATIENTS)];
    });
    return Object.fromEntries(cells);
  });

/** As no reader would pass them: a text in every cell, whatever its type. */
export const unreadRows = (table: Table): readonly Row[] =>
  ALL.map((planted) =>
    Object.fromEntries(Object.keys(table.columns).map((name) => [name, planted])),
  );
