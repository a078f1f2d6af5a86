/** One thing that is measured: its LOINC code, unit, adult reference and critical limits. */
export interface Analyte {
  readonly loinc: string;
  readonly display: string;
  readonly unit: string;
  readonly ucum: string;
  readonly low?: number;
  readonly high?: number;
  readonly criticalLow?: number;
  readonly criticalHigh?: number;
  readonly digits: number;
  /** Largest deviation from the course that a story sets, as a part of the value. */
  readonly noise: number;
}

/** loinc, display, unit, ucum, digits, noise, [critical low, low, high, critical high]; null: no limit. */
type Row = readonly [
  string,
  string,
  string,
  string,
  number,
  number,
  readonly [number | null, number | null, number | null, number | null],
];

const VITAL_ROWS = {
  heartRate: ['8867-4', 'Heart rate', '/min', '/min', 0, 0.04, [40, 60, 100, 130]],
  respiratoryRate: ['9279-1', 'Respiratory rate', '/min', '/min', 0, 0.05, [8, 12, 20, 30]],
  temperature: ['8310-5', 'Body temperature', '°C', 'Cel', 1, 0.003, [35, 36, 37.9, 40]],
  spo2: [
    '59408-5',
    'Oxygen saturation by pulse oximetry',
    '%',
    '%',
    0,
    0.008,
    [85, 94, null, null],
  ],
  systolic: ['8480-6', 'Systolic blood pressure', 'mmHg', 'mm[Hg]', 0, 0.03, [80, 90, 140, 200]],
  diastolic: ['8462-4', 'Diastolic blood pressure', 'mmHg', 'mm[Hg]', 0, 0.03, [40, 50, 90, 120]],
  map: ['8478-0', 'Mean arterial pressure', 'mmHg', 'mm[Hg]', 0, 0, [60, 65, 105, 140]],
  gcs: ['9269-2', 'Glasgow coma score total', '{score}', '{score}', 0, 0, [8, 15, null, null]],
  weight: ['29463-7', 'Body weight', 'kg', 'kg', 1, 0.001, [null, null, null, null]],
} as const satisfies Record<string, Row>;

const LAB_ROWS = {
  lactate: ['2524-7', 'Lactate', 'mmol/L', 'mmol/L', 1, 0.02, [null, 0.5, 2, 4]],
  creatinine: ['2160-0', 'Creatinine', 'mg/dL', 'mg/dL', 2, 0.015, [null, 0.6, 1.3, 5]],
  urea: ['3094-0', 'Urea nitrogen', 'mg/dL', 'mg/dL', 0, 0.02, [null, 7, 20, 100]],
  sodium: ['2951-2', 'Sodium', 'mmol/L', 'mmol/L', 0, 0.004, [120, 135, 145, 160]],
  potassium: ['2823-3', 'Potassium', 'mmol/L', 'mmol/L', 1, 0.008, [2.8, 3.5, 5.1, 6.2]],
  bicarbonate: ['1963-8', 'Bicarbonate', 'mmol/L', 'mmol/L', 0, 0.01, [10, 22, 29, 40]],
  glucose: ['2345-7', 'Glucose', 'mg/dL', 'mg/dL', 0, 0.02, [50, 70, 140, 400]],
  wbc: ['6690-2', 'White cells', '×10⁹/L', '10*9/L', 1, 0.02, [1, 4, 11, 30]],
  neutrophils: ['751-8', 'Neutrophils', '×10⁹/L', '10*9/L', 2, 0.02, [0.5, 1.8, 7.7, null]],
  hemoglobin: ['718-7', 'Hemoglobin', 'g/dL', 'g/dL', 1, 0.01, [7, 12, 16, 20]],
  platelets: ['777-3', 'Platelets', '×10⁹/L', '10*9/L', 0, 0.02, [20, 150, 400, 1000]],
  inr: ['6301-6', 'INR', '{INR}', '{INR}', 1, 0.01, [null, 0.8, 1.2, 5]],
  bilirubin: ['1975-2', 'Bilirubin, total', 'mg/dL', 'mg/dL', 1, 0.02, [null, 0.1, 1.2, 15]],
  crp: ['1988-5', 'C-reactive protein', 'mg/L', 'mg/L', 0, 0.03, [null, 0, 5, null]],
  procalcitonin: ['33959-8', 'Procalcitonin', 'ng/mL', 'ng/mL', 2, 0.03, [null, 0, 0.25, 10]],
  ntProBnp: ['33762-6', 'NT-proBNP', 'pg/mL', 'pg/mL', 0, 0.03, [null, 0, 450, null]],
  troponinT: [
    '67151-1',
    'Troponin T, high sensitivity',
    'ng/L',
    'ng/L',
    0,
    0.03,
    [null, 0, 19, 100],
  ],
  ph: ['2744-1', 'Arterial pH', '[pH]', '[pH]', 2, 0.001, [7.2, 7.35, 7.45, 7.6]],
  pco2: ['2019-8', 'Arterial pCO₂', 'mmHg', 'mm[Hg]', 0, 0.02, [20, 35, 45, 70]],
  theophylline: ['4049-3', 'Theophylline', 'µg/mL', 'ug/mL', 1, 0.02, [null, 8, 20, 25]],
  vancomycinTrough: ['4092-3', 'Vancomycin, trough', 'µg/mL', 'ug/mL', 1, 0.02, [null, 10, 20, 25]],
  digoxin: ['10535-3', 'Digoxin', 'ng/mL', 'ng/mL', 1, 0.02, [null, 0.5, 0.9, 2]],
} as const satisfies Record<string, Row>;

export type VitalId = keyof typeof VITAL_ROWS;
export type LabId = keyof typeof LAB_ROWS;
export type AnalyteId = VitalId | LabId;

function fromRow([loinc, display, unit, ucum, digits, noise, limits]: Row): Analyte {
  const [criticalLow, low, high, criticalHigh] = limits;
  return {
    loinc,
    display,
    unit,
    ucum,
    digits,
    noise,
    ...(criticalLow === null ? {} : { criticalLow }),
    ...(low === null ? {} : { low }),
    ...(high === null ? {} : { high }),
    ...(criticalHigh === null ? {} : { criticalHigh }),
  };
}

const ROWS: Readonly<Record<AnalyteId, Row>> = { ...VITAL_ROWS, ...LAB_ROWS };

export const analyte = (id: AnalyteId): Analyte => fromRow(ROWS[id]);

export type Interpretation = 'N' | 'H' | 'HH' | 'L' | 'LL';

export function interpret(value: number, a: Analyte): Interpretation {
  if (a.criticalLow !== undefined && value <= a.criticalLow) return 'LL';
  if (a.criticalHigh !== undefined && value >= a.criticalHigh) return 'HH';
  if (a.low !== undefined && value < a.low) return 'L';
  if (a.high !== undefined && value > a.high) return 'H';
  return 'N';
}
