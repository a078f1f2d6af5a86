import { codeWords } from './words.ts';

/** SNOMED CT and HL7 codes of roles that EHRs send; published counts carry no display. */
const ROLES: Readonly<Record<string, string>> = {
  '309343006': 'Physician',
  '112247003': 'Physician',
  '158965000': 'Physician',
  doctor: 'Physician',
  '224535009': 'Nurse',
  '106292003': 'Nurse',
  '46255001': 'Pharmacist',
  '66862007': 'Radiologist',
};

/** What a role is called; two codes of one role have one name. */
export const roleWords = (code: string): string => ROLES[code] ?? codeWords(code);
