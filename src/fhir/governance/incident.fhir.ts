import type { AdverseEvent, CodeableConcept, DocumentReference, Reference, Task } from 'fhir/r4';
import type { SafetyReport } from '#src/domain/governance/incidents/incident.ts';
import { COMPONENT, LABEL, SYSTEM } from '../codes.ts';
import { securityLabel, type TargetStore, toPerformer } from '../feedback/observation-base.ts';
import { referenceOn, toFocus } from '../feedback/reference.fhir.ts';
import { COMPONENT_DISPLAY } from '../feedback-terms.ts';
import { GOVERNANCE_TASK } from '../governance-terms.ts';
import { defined } from '../read.ts';
import { plainReference } from '../reference.ts';
import {
  ACTUALITY,
  ATTRIBUTION_DISPLAY,
  HARM_DISPLAY,
  INCIDENT_INPUT_DISPLAY,
  INCIDENT_ITEM,
  INCIDENT_ITEM_DISPLAY,
  INCIDENT_PROFILE,
  INCIDENT_SYSTEM,
  KIND_DISPLAY,
  keyTag,
  MERP_DISPLAY,
} from './incident-terms.ts';

/** How the hospital store wants what is written there. */
export interface IncidentOptions extends TargetStore {
  /** Kept from the patient's portal (v3-ActCode NOPAT). */
  readonly hideFromPatient: boolean;
}

interface Here {
  readonly target: string;
  readonly subject: Reference;
  readonly encounter: Reference | undefined;
  /** Absent where the reporter's name is withheld. */
  readonly reporter: Reference | undefined;
}

function hereOf(report: SafetyReport, { server, subject }: IncidentOptions): Here {
  const { issuer, patient, encounter, performer, confidential } = report;
  const target = server ?? issuer;
  return {
    target,
    subject: { reference: subject ?? referenceOn(target, issuer, patient) },
    encounter:
      encounter === undefined ? undefined : { reference: referenceOn(target, issuer, encounter) },
    reporter: confidential ? undefined : toPerformer(performer, issuer, target),
  };
}

const own = (value: string) => ({ system: SYSTEM.uri, value });

const coded = (system: string, code: string, display: string) => ({
  coding: [{ system, code, display }],
});

const item = (code: keyof typeof INCIDENT_ITEM_DISPLAY): CodeableConcept => ({
  ...coded(SYSTEM.feedbackItem, code, INCIDENT_ITEM_DISPLAY[code]),
  text: INCIDENT_ITEM_DISPLAY[code],
});

const security = ({ hideFromPatient }: IncidentOptions) => [
  securityLabel(LABEL.clinician),
  ...(hideFromPatient ? [{ system: SYSTEM.actCode, code: 'NOPAT' }] : []),
];

/**
 * What was on the screen, whole. It is written first and names the event by identifier, so that no
 * event is ever without it.
 */
export function toEvidence(report: SafetyReport, options: IncidentOptions): DocumentReference {
  const { evidence, reportedAt, recommendation } = report;
  const { target, subject, encounter, reporter } = hereOf(report, options);
  const bytes = new TextEncoder().encode(evidence.json);
  return defined<DocumentReference>({
    resourceType: 'DocumentReference',
    meta: { profile: [INCIDENT_PROFILE.evidence] },
    masterIdentifier: own(evidence.id),
    identifier: [own(evidence.id)],
    status: 'current',
    docStatus: 'final',
    type: item(INCIDENT_ITEM.evidence),
    subject,
    date: reportedAt,
    author: reporter && [reporter],
    securityLabel: security(options).map((label) => ({ coding: [label] })),
    content: [
      {
        attachment: {
          contentType: 'application/fhir+json',
          data: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
          size: bytes.length,
          hash: evidence.sha1,
          title: INCIDENT_ITEM_DISPLAY[INCIDENT_ITEM.evidence],
          creation: reportedAt,
        },
      },
    ],
    context: defined({
      encounter: encounter && [encounter],
      related: [
        { type: 'AdverseEvent', identifier: own(report.id) },
        toFocus(recommendation, target),
      ],
    }),
  });
}

/** The event itself. `evidence`: the stored DocumentReference ("DocumentReference/9"). */
export function toAdverseEvent(
  report: SafetyReport,
  evidence: string,
  options: IncidentOptions,
): AdverseEvent {
  const { id, what, issuer, location, reportedAt } = report;
  const { target, subject, encounter, reporter } = hereOf(report, options);
  return defined<AdverseEvent>({
    resourceType: 'AdverseEvent',
    meta: { profile: [INCIDENT_PROFILE.event], security: security(options), tag: [keyTag(report)] },
    identifier: own(id),
    actuality: ACTUALITY[what],
    category: [coded(INCIDENT_SYSTEM.kind, what, KIND_DISPLAY[what])],
    event: item(INCIDENT_ITEM.event),
    subject,
    encounter,
    date: reportedAt,
    detected: reportedAt,
    recordedDate: reportedAt,
    location:
      location === undefined ? undefined : { reference: referenceOn(target, issuer, location) },
    seriousness: seriousness(report),
    recorder: reporter,
    suspectEntity: [defined({ instance: suspect(report, target), causality: causality(report) })],
    referenceDocument: [{ reference: evidence }],
  });
}

/**
 * Both scales of harm. R4 binds `severity` to mild, moderate and severe, which NCC MERP is not, and
 * leaves `seriousness` free.
 */
function seriousness({ harm, merp }: SafetyReport): CodeableConcept | undefined {
  const coding = [
    ...(harm ? coded(INCIDENT_SYSTEM.harm, harm, HARM_DISPLAY[harm]).coding : []),
    ...(merp ? coded(INCIDENT_SYSTEM.merp, merp, MERP_DISPLAY[merp]).coding : []),
  ];
  return coding.length > 0 ? { coding } : undefined;
}

/** The Device where it is known; across servers its identifier says which model it is. */
function suspect({ model }: SafetyReport, target: string): Reference {
  const { ref, identifier, identifierSystem, name, version } = model;
  return defined<Reference>({
    reference: ref && plainReference(ref, target),
    type: 'Device',
    identifier:
      identifier === undefined
        ? undefined
        : defined({ system: identifierSystem, value: identifier }),
    display: version === undefined ? name : `${name} ${version}`,
  });
}

/** As the reporter sees it; nobody has judged it yet. */
function causality({ attribution }: SafetyReport) {
  if (!attribution) return undefined;
  const { verdict, confidence } = attribution;
  return [
    defined({
      assessment: coded(INCIDENT_SYSTEM.attribution, verdict, ATTRIBUTION_DISPLAY[verdict]),
      productRelatedness: confidence && `Confidence of the reporter: ${confidence}`,
    }),
  ];
}

/** The work on it, asked for and taken by nobody yet. */
export function toIncidentTask(
  report: SafetyReport,
  event: string,
  evidence: string,
  options: IncidentOptions,
): Task {
  const { taskId, words, reportedAt, recommendation, model, context } = report;
  const { answerId, answerReasons = [] } = report;
  const { target, subject, encounter, reporter } = hereOf(report, options);
  const { system, display } = GOVERNANCE_TASK;
  return defined<Task>({
    resourceType: 'Task',
    meta: { profile: [INCIDENT_PROFILE.task], security: security(options) },
    identifier: [own(taskId)],
    status: 'requested',
    intent: 'order',
    code: coded(system, 'incident', display.incident),
    focus: { reference: event, identifier: own(report.id) },
    for: subject,
    encounter,
    authoredOn: reportedAt,
    lastModified: reportedAt,
    requester: reporter,
    note: words === undefined ? undefined : [{ text: words, time: reportedAt }],
    input: [
      input('recommendation', { valueReference: toFocus(recommendation, target) }),
      input(INCIDENT_ITEM.evidence, { valueReference: { reference: evidence } }),
      ...said(COMPONENT.recommendationVersion, recommendation.version),
      ...said('answer', answerId),
      ...answerReasons.map((one) =>
        input(COMPONENT.overrideReason, { valueCodeableConcept: { coding: [defined(one)] } }),
      ),
      ...said(COMPONENT.model, model.identifier),
      ...said(COMPONENT.modelVersion, model.version),
      ...said(COMPONENT.modelState, model.state),
      ...said(COMPONENT.appVersion, context.appVersion),
    ],
  });
}

const INPUT_DISPLAY = {
  ...COMPONENT_DISPLAY,
  ...INCIDENT_ITEM_DISPLAY,
  ...INCIDENT_INPUT_DISPLAY,
};
type InputCode = keyof typeof INPUT_DISPLAY;
type InputValue =
  | { readonly valueReference: Reference }
  | { readonly valueCodeableConcept: CodeableConcept }
  | { readonly valueString: string };

const input = (code: InputCode, value: InputValue) => ({
  type: coded(SYSTEM.feedbackItem, code, INPUT_DISPLAY[code]),
  ...value,
});

const said = (code: InputCode, valueString: string | undefined) =>
  valueString === undefined ? [] : [input(code, { valueString })];
