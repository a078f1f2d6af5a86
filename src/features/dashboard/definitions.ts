/** What stands behind “Definition”: the words of docs/metrics.md for one chart. */
export interface Definition {
  readonly says: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly leftOut: string;
  readonly not: string;
  readonly source: string;
}

const UNIT = 'recommendation version × clinician';
export const UNIT_WORDS = { answer: UNIT, recommendation: 'recommendation version' } as const;

export const DEFINITIONS = {
  adoption: {
    says: 'How often advice was followed, given twice: of those who decided, and of all to whom it was shown.',
    numerator: 'accepted and accepted with changes (A+M)',
    denominator: 'decided (A+M+O); displayed (D), at least once',
    leftOut: 'answers withdrawn or retracted; answers later than 24 h after the first display',
    not: 'that following was right. The first share alone flatters advice that nobody answers.',
    source: 'metrics.md “Rules”; McCoy et al. 2012, JAMIA 19:346',
  },
  reasons: {
    says: 'Why clinicians overrode, by who can change something about it, the commonest first.',
    numerator: 'overrides with this primary reason',
    denominator: 'all overrides, those without a reason among them',
    leftOut: 'nothing',
    not: 'what those thought who gave no reason.',
    source: 'HL7 non-adherence reasons with our supplement for AI',
  },
  responseTime: {
    says: 'How long the card was in view before the answer: median, quartiles and the share under 3 s.',
    numerator: 'answers under 3 s',
    denominator: 'answers with a measured time',
    leftOut: 'answers whose time was not measured',
    not: 'that a fast answer was careless; one clinician may know the patient well. Quantiles come from fixed bins.',
    source: 'Baysari 2020; Elias 2019',
  },
  burden: {
    says: 'How often clinicians are interrupted on a unit, for 100 encounters and for a day of stay.',
    numerator: 'displays (D)',
    denominator:
      'encounters that began on the unit; hours of stay ÷ 24. All of them, whatever the model.',
    leftOut: 'nothing',
    not: 'what a display costs.',
    source: 'metrics.md “The set”',
  },
  variation: {
    says: 'How far they differ in following beyond chance, with limits that allow for how they usually differ.',
    numerator: 'accepted and accepted with changes (A+M)',
    denominator: 'decided (A+M+O) of each',
    leftOut: 'who decided nothing in the period',
    not: 'who is good. It is no league table and names no clinician.',
    source: 'Spiegelhalter 2005, Stat Med 24:1185: funnel with additive overdispersion',
  },
  equity: {
    says: 'Whether the same advice is followed alike for every group of patients: ratio to the largest group.',
    numerator: 'share followed (A+M of A+M+O) in the group',
    denominator: 'the same share in the largest group',
    leftOut: 'patients whose group is not recorded',
    not: 'whether the advice was equally right for them. Look at the size and the interval: with millions of rows everything is significant.',
    source: 'metrics.md “The set”; UAB, AMIA 2021:314',
  },
  silenceEquity: {
    says: 'Whether the same advice is answered alike for every group of patients: ratio of silence to the largest group.',
    numerator: 'share of displays without an answer (D−R of D) in the group',
    denominator: 'the same share in the largest group',
    leftOut: 'patients whose group is not recorded; displays that are known from an answer only',
    not: 'why nobody answered.',
    source: 'metrics.md “The set”',
  },
  outcomeEquity: {
    says: 'Whether the model is right alike for every group of patients: ratio of sensitivity, or of PPV, to the largest group.',
    numerator: 'sensitivity (TP of events), or PPV (TP of alerts), in the group',
    denominator: 'the same share in the largest group',
    leftOut:
      'encounters without a label and those that ended too early; patients whose group is not recorded',
    not: 'what is fair: a ratio of 0.8 is a convention. Rows are taken as independent; interval of the log ratio.',
    source: 'metrics.md “The set”',
  },
  reach: {
    says: 'Of what the model fired, how much anybody saw. A model that nobody opens has no overrides.',
    numerator: 'recommendation versions displayed at least once',
    denominator: 'recommendation versions fired (F)',
    leftOut: 'cancelled and erroneous recommendations',
    not: 'that it was read.',
    source: 'metrics.md “Rules”',
  },
  appropriateness: {
    says: 'Of the overrides that were reviewed, how many were judged appropriate: as judged, and weighted to all overrides.',
    numerator: 'overrides judged appropriate',
    denominator: 'overrides judged; weighted: by 1 ÷ sampling fraction of the stratum',
    leftOut: 'undecided judgements',
    not: 'that an override is an error. Without sampling fractions there is no weighted share.',
    source: 'Edrees et al. 2020, JAMIA 27:893',
  },
  timeToTreatment: {
    says: 'Hours from the recommendation to the first real qualifying order or procedure, for advice that was followed and that was not.',
    numerator: 'recommendations after which the action was found',
    denominator: 'recommendations; who left before is censored (product-limit)',
    leftOut: 'an Accept alone is no treatment',
    not: 'that following was faster: the groups differ in more than the answer. Median from fixed bins, without an interval.',
    source: 'metrics.md “The set”; Adams et al. 2022, Nat Med 28:1455',
  },
  outcome: {
    says: 'Whether the model was right, against labels: of its alerts (PPV), and of the events (sensitivity).',
    numerator: 'alerts with the event (TP)',
    denominator: 'PPV: alerts (TP+FP); sensitivity: events (TP+FN)',
    leftOut: 'encounters without a label and those that ended too early to know',
    not: 'how the model would do if nobody acted on it: acting changes the outcome. Labels come weeks late, so the last weeks are incomplete.',
    source: 'Wong et al. 2021, JAMA Intern Med 181:1065',
  },
  calibration: {
    says: 'Whether 20 % means 20 of 100.',
    numerator: 'events',
    denominator: 'labelled scores that are probabilities',
    leftOut: 'scores in points or of unknown scale; scores without a label',
    not: 'whether the model tells patients apart.',
    source: 'Van Calster et al. 2016, J Clin Epidemiol 74:167',
  },
  comparison: {
    says: 'How acceptance differs between versions, and between sites, on both denominators.',
    numerator: 'accepted and accepted with changes (A+M)',
    denominator: 'decided (A+M+O); displayed (D)',
    leftOut: 'answers withdrawn or retracted',
    not: 'that the version did it: versions follow one another, and so do seasons.',
    source: 'metrics.md “The set”',
  },
} as const satisfies Readonly<Record<string, Definition>>;
