import type { CodeableConcept } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { concept } from './build.ts';

/** RxNorm ingredients. */
const DRUGS = {
  acetaminophen: ['161', 'acetaminophen'],
  albuterol: ['435', 'albuterol'],
  amiodarone: ['703', 'amiodarone'],
  apixaban: ['1364430', 'apixaban'],
  aspirin: ['1191', 'aspirin'],
  atorvastatin: ['83367', 'atorvastatin'],
  azithromycin: ['18631', 'azithromycin'],
  aztreonam: ['1272', 'aztreonam'],
  carvedilol: ['20352', 'carvedilol'],
  cefazolin: ['2180', 'cefazolin'],
  cefepime: ['20481', 'cefepime'],
  ceftriaxone: ['2193', 'ceftriaxone'],
  cephalexin: ['2231', 'cephalexin'],
  ciprofloxacin: ['2551', 'ciprofloxacin'],
  clarithromycin: ['21212', 'clarithromycin'],
  cotrimoxazole: ['10831', 'sulfamethoxazole / trimethoprim'],
  digoxin: ['3407', 'digoxin'],
  enoxaparin: ['67108', 'enoxaparin'],
  furosemide: ['4603', 'furosemide'],
  insulinGlargine: ['274783', 'insulin glargine'],
  insulinRegular: ['253182', 'insulin, regular, human'],
  lisinopril: ['29046', 'lisinopril'],
  meropenem: ['29561', 'meropenem'],
  metformin: ['6809', 'metformin'],
  metoprolol: ['6918', 'metoprolol'],
  metronidazole: ['6922', 'metronidazole'],
  norepinephrine: ['7512', 'norepinephrine'],
  oxycodone: ['7804', 'oxycodone'],
  penicillin: ['70618', 'penicillin'],
  piperacillinTazobactam: ['74169', 'piperacillin / tazobactam'],
  potassiumChloride: ['8591', 'potassium chloride'],
  prednisone: ['8640', 'prednisone'],
  spironolactone: ['9997', 'spironolactone'],
  theophylline: ['10438', 'theophylline'],
  tiotropium: ['69120', 'tiotropium'],
  vancomycin: ['11124', 'vancomycin'],
  warfarin: ['11289', 'warfarin'],
} as const satisfies Record<string, readonly [string, string]>;

export type DrugId = keyof typeof DRUGS;

export function drug(id: DrugId): CodeableConcept {
  const [code, display] = DRUGS[id];
  return concept(SYSTEM.rxnorm, code, display);
}
