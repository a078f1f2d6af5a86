import type { ModelId } from './catalogue.ts';

const markdown = (text: string) => ({ format: 'markdown' as const, text });

const SEPSIS_3 = markdown(`# Sepsis early warning 3.1.0

## Intended use
Warns the treating team that an adult in the ED, on a ward or in the ICU is likely to meet
Sepsis-3 criteria within 6 hours. It informs a bedside assessment and does not replace one.

## Cautions
- **Not validated in the first 24 h after surgery.**
- Not for pregnancy, age under 18, or comfort care.
- Reads high in chronic liver disease (lactate) and under steroids (white cells).

## Out of scope
Choice of antibiotic; stopping treatment; bed management.

## Local performance
St Brannoc Hospital, May to October, n = 842 alerts: PPV 12 % (10–14), sensitivity 61 % (56–66),
median 3.4 h before the first antibiotic. PPV by sex: women 13 %, men 11 %.

## Inputs
Vital signs of 12 h, lactate, white cells, platelets, creatinine, bilirubin, age, surgery.

## Threshold
Warns at 20 % and above.
`);

const SEPSIS_2 = markdown(`# Sepsis early warning 2.4.0

## Intended use
Warns of sepsis within 6 hours in adult inpatients.

## Cautions
Retired. Missed two of three stays with sepsis. Not validated in the first 24 h after surgery.

## Local performance
St Brannoc Hospital, January to March, n = 1,310 alerts: PPV 9 % (7–11), sensitivity 33 % (29–37).
`);

const INTERACTION = markdown(`# Drug interaction check 5.0.3

## Intended use
Points out interactions of charted medicines that the patient's own results make likely to matter,
and proposes a dose, a route or a check that follows from them.
For prescribers and pharmacists. Advises; never stops an order.

## Cautions
- Sees only medication charted here: no over-the-counter or herbal products.
- Does not know the dose that was really taken at home.

## Out of scope
Chemotherapy protocols, parenteral nutrition, children.

## Local performance
St Brannoc Hospital, 12 months, n = 3,118 alerts: judged relevant by a pharmacist in 41 % (39–43);
of severity high, 78 % (72–83).
`);

const READMISSION_2 = markdown(`# 30-day readmission 2.2.0

## Intended use
Estimates at discharge planning how likely an unplanned readmission within 30 days is, so that
follow-up can be arranged where it helps most. For hospitalists, nurses and case managers.

## Cautions
- Not for discharge to hospice or to another hospital.
- Social circumstances are seen only through earlier visits.
- Must not be used to keep a patient in hospital or to refuse admission.

## Local performance
St Brannoc Hospital, recalibrated on 9 months, n = 6,204 discharges: AUC 0.71 (0.69–0.73);
of patients scored above 0.40, 44 % (40–48) came back.
`);

const READMISSION_1 = markdown(`# 30-day readmission 2.1.0

## Intended use
Estimates the chance of an unplanned readmission within 30 days.

## Cautions
**Suspended.** Overestimates: predicted risk was twice the observed rate since the visit codes
changed.

## Local performance
St Brannoc Hospital, last 8 weeks, n = 911 discharges: predicted 31 %, observed 16 %.
`);

export const MARKDOWN_CARDS: Readonly<
  Record<Exclude<ModelId, 'chest-xray'>, { format: 'markdown'; text: string }>
> = {
  'sepsis-3': SEPSIS_3,
  'sepsis-2': SEPSIS_2,
  'drug-interaction': INTERACTION,
  'readmission-2': READMISSION_2,
  'readmission-1': READMISSION_1,
};
