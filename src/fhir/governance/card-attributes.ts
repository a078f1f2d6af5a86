import type { CardAttributes, SourceAttribute } from '#src/domain/governance/source-attributes.ts';
import type { Model } from '#src/domain/recommendation.ts';
import { chaiElement, markdownSection } from '../card-sections.ts';

interface Places {
  /** Elements of the CHAI Applied Model Card, v0.1 and v0.2. */
  readonly chai: readonly string[];
  /** Words in a heading of a markdown card, lower case, in the order of preference. */
  readonly headings: readonly string[];
}

/**
 * Where cards speak of each attribute. CHAI's `KeyMetrics` are a vendor's and say of no hospital what it
 * measured, so they stand for none of the local attributes.
 */
const PLACES: Readonly<Record<SourceAttribute, Places>> = {
  developer: { chai: ['ModelDeveloper', 'DeveloperContact'], headings: ['developer', 'developed'] },
  funding: { chai: ['FundingSource'], headings: ['funding', 'funded'] },
  output: { chai: ['OutcomesAndOutputs'], headings: ['output'] },
  'output-type': { chai: ['OutputAndInputDataTypes'], headings: ['output type', 'type of output'] },
  'intended-use': {
    chai: ['IntendedUseAndWorkflow'],
    headings: ['intended use', 'direct use', 'indications'],
  },
  population: {
    chai: ['TargetedPatientPopulation'],
    headings: ['population', 'intended patients'],
  },
  users: { chai: ['PrimaryIntendedUsers'], headings: ['intended users', 'users'] },
  'decision-role': { chai: ['HowToUse'], headings: ['how to use', 'decision'] },
  'cautioned-use': {
    chai: ['CautionedOutOfScopeSettings'],
    headings: ['out of scope', 'out-of-scope', 'not for'],
  },
  risks: {
    chai: ['KnownRisksAndLimitations'],
    headings: ['caution', 'warning', 'risks', 'limitation'],
  },
  'training-criteria': {
    chai: ['DevelopmentDataCharacterization'],
    headings: ['training data', 'inclusion', 'development data'],
  },
  'input-variables': { chai: ['InputDataSource'], headings: ['inputs', 'input variables'] },
  'training-demographics': { chai: [], headings: ['demographic'] },
  'training-relevance': { chai: [], headings: ['relevance'] },
  'fairness-approach': {
    chai: ['KnownBiasesOrEthicalConsiderations'],
    headings: ['approach to fairness', 'fairness approach'],
  },
  'bias-mitigation': { chai: ['BiasMitigationApproaches'], headings: ['bias'] },
  'external-data': {
    chai: ['TestingDataDescription'],
    headings: ['external validation', 'external data'],
  },
  'external-party': { chai: [], headings: ['validated by', 'validating party'] },
  'external-demographics': { chai: [], headings: ['external patients', 'validation demographics'] },
  'external-process': {
    chai: ['ValidationProcessAndJustification'],
    headings: ['validation process'],
  },
  'internal-validity': { chai: ['UsefulnessUsabilityEfficacy'], headings: ['internal validation'] },
  'internal-fairness': { chai: ['FairnessEquity'], headings: ['internal fairness'] },
  'external-validity': { chai: [], headings: ['external performance', 'external validity'] },
  'external-fairness': { chai: [], headings: ['external fairness'] },
  'outcome-references': {
    chai: ['EvaluationReferences', 'ClinicalTrial', 'PeerReviewedPublications'],
    headings: ['references', 'studies', 'publications'],
  },
  'validity-monitoring': { chai: [], headings: ['monitoring'] },
  'local-validity': {
    chai: [],
    headings: [
      'local performance',
      'local validation',
      'local validity',
      'performance at this site',
    ],
  },
  'fairness-monitoring': { chai: [], headings: ['fairness monitoring'] },
  'local-fairness': { chai: [], headings: ['local fairness', 'fairness at this site'] },
  'update-process': { chai: ['OngoingMaintenance'], headings: ['update', 'maintenance'] },
  correction: { chai: [], headings: ['correction', 'recalibration'] },
};

/** What a model's card, and for its developer its Device, say to each of the 31 attributes. */
export function cardAttributes({ card, manufacturer, contact }: Model): CardAttributes {
  const developer = [manufacturer, contact].filter((one) => one !== undefined).join(', ');
  const found = Object.entries(PLACES).flatMap(([id, { chai, headings }]) => {
    const said =
      card?.text === undefined
        ? undefined
        : card.format === 'chai-xml'
          ? chaiElement(card.text, chai)
          : markdownSection(card.text, headings);
    const value = said ?? (id === 'developer' && developer !== '' ? developer : undefined);
    return value === undefined ? [] : [[id, value] as const];
  });
  const known = new Map<string, string>(found);
  return new Map(
    [...Object.keys(PLACES)].flatMap((id) => {
      const value = known.get(id);
      return isAttribute(id) && value !== undefined ? [[id, value] as const] : [];
    }),
  );
}

const isAttribute = (id: string): id is SourceAttribute => Object.hasOwn(PLACES, id);

/** The parts of CHAI's card, and the elements in each that hold text. */
const CHAI_PARTS: readonly (readonly [title: string, elements: readonly string[]])[] = [
  ['Basics', ['ModelName', 'ModelDeveloper', 'DeveloperContact']],
  [
    'Release',
    ['ReleaseStage', 'ReleaseDate', 'ReleaseVersion', 'GlobalAvailability', 'RegulatoryApproval'],
  ],
  ['Summary', ['Summary', 'Keywords']],
  [
    'Uses and directions',
    [
      'IntendedUseAndWorkflow',
      'PrimaryIntendedUsers',
      'HowToUse',
      'TargetedPatientPopulation',
      'CautionedOutOfScopeSettings',
    ],
  ],
  [
    'Warnings',
    ['KnownRisksAndLimitations', 'KnownBiasesOrEthicalConsiderations', 'ClinicalRiskLevel'],
  ],
  [
    'Trust ingredients',
    [
      'OutcomesAndOutputs',
      'ModelType',
      'FoundationModels',
      'InputDataSource',
      'OutputAndInputDataTypes',
      'DevelopmentDataCharacterization',
      'BiasMitigationApproaches',
      'OngoingMaintenance',
      'Security',
      'Transparency',
      'FundingSource',
      'ThirdPartyInformation',
      'StakeholdersConsulted',
    ],
  ],
  ['Key metrics', ['UsefulnessUsabilityEfficacy', 'FairnessEquity', 'SafetyReliability']],
  [
    'Resources',
    [
      'EvaluationReferences',
      'ClinicalTrial',
      'PeerReviewedPublications',
      'ReimbursementStatus',
      'PatientConsentOrDisclosure',
      'Bibliography',
    ],
  ],
];

/** One element of CHAI's card; without text the card leaves it out. */
export interface ChaiEntry {
  readonly part: string;
  readonly element: string;
  readonly text: string | undefined;
}

/** CHAI's own view of its card; undefined where the card is in another format. */
export function chaiView({ card }: Model): readonly ChaiEntry[] | undefined {
  const xml = card?.format === 'chai-xml' ? card.text : undefined;
  if (xml === undefined) return undefined;
  return CHAI_PARTS.flatMap(([part, elements]) =>
    elements.map((element) => ({ part, element, text: chaiElement(xml, [element]) })),
  );
}

/** How much harm a wrong answer may do, as the card calls it; undefined where it says nothing. */
export const riskTier = ({ card }: Model): string | undefined => card?.riskTier;
