/**
 * The 31 source attributes of a predictive intervention, 45 CFR 170.315(b)(11)(iv)(B), as an order in
 * which to ask what is known of a model. A table of what is there, and no claim of compliance.
 */
export const SOURCE_ATTRIBUTES = [
  ['developer', 'Output and developer', 'Developer and contact'],
  ['funding', 'Output and developer', 'Funding of the development'],
  ['output', 'Output and developer', 'What the output value says'],
  ['output-type', 'Output and developer', 'Type of output'],
  ['intended-use', 'Purpose', 'Intended use'],
  ['population', 'Purpose', 'Intended patients'],
  ['users', 'Purpose', 'Intended users'],
  ['decision-role', 'Purpose', 'Role in the decision'],
  ['cautioned-use', 'Out of scope', 'Uses, settings and patients to be careful with'],
  ['risks', 'Out of scope', 'Known risks and limits'],
  ['training-criteria', 'Training and inputs', 'Who was in the training data'],
  ['input-variables', 'Training and inputs', 'Inputs, and what they say about the person'],
  ['training-demographics', 'Training and inputs', 'How far they represent the patients'],
  ['training-relevance', 'Training and inputs', 'How far they fit the place of use'],
  ['fairness-approach', 'Fairness in development', 'Approach to fairness'],
  ['bias-mitigation', 'Fairness in development', 'What was done against bias'],
  ['external-data', 'External validation', 'Data and setting'],
  ['external-party', 'External validation', 'Who did it'],
  ['external-demographics', 'External validation', 'Patients'],
  ['external-process', 'External validation', 'How it was done'],
  ['internal-validity', 'Measures', 'Validity in the developer’s data'],
  ['internal-fairness', 'Measures', 'Fairness in the developer’s data'],
  ['external-validity', 'Measures', 'Validity in external data'],
  ['external-fairness', 'Measures', 'Fairness in external data'],
  ['outcome-references', 'Measures', 'Studies of its effect on outcomes'],
  ['validity-monitoring', 'Monitoring', 'How validity is watched'],
  ['local-validity', 'Monitoring', 'Validity here'],
  ['fairness-monitoring', 'Monitoring', 'How fairness is watched'],
  ['local-fairness', 'Monitoring', 'Fairness here'],
  ['update-process', 'Updates', 'How and how often it is updated'],
  ['correction', 'Updates', 'How often poor performance is corrected'],
] as const satisfies readonly (readonly [id: string, group: string, words: string])[];

export type SourceAttribute = (typeof SOURCE_ATTRIBUTES)[number][0];

/** What a card says to each; an attribute that it does not speak of is absent. */
export type CardAttributes = ReadonlyMap<SourceAttribute, string>;

/** Without these nobody can say for whom the advice is, when to doubt it, and whether it is right here. */
const ESSENTIAL: readonly SourceAttribute[] = [
  'developer',
  'intended-use',
  'population',
  'cautioned-use',
  'risks',
  'local-validity',
];

export const essentialMissing = (card: CardAttributes): readonly SourceAttribute[] =>
  ESSENTIAL.filter((one) => !card.has(one));

export const attributeWords = (id: SourceAttribute): string =>
  SOURCE_ATTRIBUTES.find(([one]) => one === id)?.[2] ?? id;
