import type { SignalName } from './signal.ts';

/** Words of a signal for a committee: the same in app, command line and docs. */
export interface SignalText {
  readonly title: string;
  /** What was seen. */
  readonly means: string;
  /** What it turned out to be elsewhere, the commonest first. */
  readonly usually: string;
  readonly next: string;
}

export const SIGNAL_TEXTS: Readonly<Record<SignalName, SignalText>> = {
  'usage-collapse': {
    title: 'Fewer recommendations are looked at',
    means:
      'The model still fires, and a smaller share of what it says comes before anybody’s eyes.',
    usually:
      'The place where it is shown has moved or needs a click more; the worklist sorts it away; those who asked for it have left; it was right too seldom, and people stopped opening it.',
    next: 'Open the app as those clinicians do and look for the card. Ask three of them. If nobody needs it, retire it; if somebody does, name an owner and bring it back into view.',
  },
  'low-sensitivity': {
    title: 'The model misses too many events',
    means: 'Of the encounters in which the event came, too few had been found before it.',
    usually:
      'It was never validated here; patients, coding or timing of inputs differ from where it was trained; the threshold is too high; the event is defined differently.',
    next: 'Tell clinicians that silence of this model means nothing. Validate it on local encounters over all thresholds. Restrict or suspend it until somebody signs that result.',
  },
  'alert-burden': {
    title: 'More alerts than they are worth',
    means:
      'Too few alerts turn out to be right, or the model fires for a larger share of encounters than before.',
    usually:
      'The threshold is too low or was changed; the event is rarer here; an input is filled with a default; the alert fires again for what is known.',
    next: 'Count what an alert costs: number needed to evaluate, alerts for each clinician and shift. Raise the threshold or narrow who is scored, and look at sensitivity beside it.',
  },
  'missed-critical': {
    title: 'Critical events are rated too low',
    means: 'Of the events that must not be missed, too many stayed below the threshold.',
    usually:
      'One presentation or group is missing from the training data; an input comes too late; a new version moved the threshold.',
    next: 'Read the missed cases of the last weeks one by one, today. Stop every use in which a low score delays somebody, until it is understood. File an incident where a patient was harmed.',
  },
  'performance-drop': {
    title: 'The model is right less often at a site',
    means: 'At this site fewer results are right than there before, or than at the other sites.',
    usually:
      'Other patients, devices or coding than where it was trained; an interface that maps a unit or code wrongly; labels that are made differently.',
    next: 'Compare inputs and score distribution of the sites. Check the interface first. Keep the model silent at this site until it is validated there.',
  },
  'reason-concentration': {
    title: 'One reason takes over among overrides',
    means: 'A much larger share of overrides gives this reason than before.',
    usually:
      'The trigger has lost sight of something that the clinician knows: an order that exists, a treatment that was given, a patient who was moved. A new order set or interface often explains it.',
    next: 'Read ten of these overrides in the chart. Route the reason to its owner and repair the trigger rather than the clinicians.',
  },
  fatigue: {
    title: 'Clinicians follow less the more they see',
    means:
      'The same clinician follows less with growing exposure, apart from what befell everybody in the same week.',
    usually:
      'Too many alerts with too little use; repeats for the same patient; the first weeks were a novelty.',
    next: 'Lower the number: fewer repeats, a higher threshold, other recipients. Do not train people to click. Look whether the share of right alerts fell as well.',
  },
  'override-shift': {
    title: 'Advice is followed less',
    means: 'A smaller share of decided answers follows the advice than before.',
    usually:
      'A new version or threshold; a changed card; a guideline that now says otherwise; a case that went round.',
    next: 'Read the change log at that week. With a new version: hold the reasons for overrides against those before, and decide on rollback with its owner.',
  },
  'uncritical-acceptance': {
    title: 'Advice is accepted unread',
    means:
      'More answers follow within three seconds, and part of the clinicians follow over 98 % with a median under three seconds.',
    usually:
      'Accepting has become the quickest way on; time pressure; trust that nobody tests any more; a default elsewhere that expects it.',
    next: 'Look for what makes accepting cheap and remove it. Sample accepted recommendations for review. It is a finding about the work and not about persons.',
  },
  'response-disparity': {
    title: 'The same advice is followed less for a patient group',
    means:
      'In the same weeks and units, the advice is followed less for patients of this group than for the others.',
    usually:
      'The advice fits this group less well (look at outcome equity); it is harder to carry out for them (language, payer); bias.',
    next: 'Hold accuracy for this group beside it. Read overridden cases of both groups, blinded. Bring it before the equity lead with the size of the difference and not its p value.',
  },
  outlier: {
    title: 'A unit answers unlike the others',
    means:
      'This unit follows much less or much more than the others, beyond how units usually differ.',
    usually:
      'Other patients; a local protocol; a technical fault on that unit; a leader who advised against the model, or for it.',
    next: 'Visit the unit and ask before you judge: it may be the one that is right.',
  },
};
