import type { Observation, ObservationComponent } from 'fhir/r4';
import type { DeviceReport } from '#src/domain/outbox/undelivered-report.ts';
import { uuidV5 } from '#src/domain/uuid-v5.ts';
import {
  COMPONENT,
  DEVICE_CATEGORY,
  ITEM,
  LABEL,
  PROFILE,
  REPORT_COMPONENT,
  SYSTEM,
} from '../codes.ts';
import {
  COMPONENT_DISPLAY,
  ITEM_DISPLAY,
  REPORT_DISPLAY,
  type ReportCode,
} from '../feedback-terms.ts';
import { defined } from '../read.ts';
import { securityLabel } from './observation-base.ts';

/** Namespace of our report identifiers; changing it would report a device twice on that day. */
const REPORT_NAMESPACE = '3f0a2c9d-7a0e-4c1b-8f5e-2a4d6b9c1e70';

/** The same for every tab and user of that browser on that day ("2026-11-22", UTC). */
export const deviceReportId = (device: string, day: string): string =>
  `urn:uuid:${uuidV5(REPORT_NAMESPACE, JSON.stringify([device, day]))}`;

const integer = (code: ReportCode, value: number): ObservationComponent => ({
  code: { coding: [{ system: SYSTEM.feedbackItem, code, display: REPORT_DISPLAY[code] }] },
  valueInteger: value,
});

function toComponents(report: DeviceReport): ObservationComponent[] {
  const { discards } = report;
  const [oldest, version] = [REPORT_COMPONENT.oldest, COMPONENT.appVersion];
  return [
    integer(REPORT_COMPONENT.count, report.count),
    integer(REPORT_COMPONENT.attention, report.needAttention),
    integer(REPORT_COMPONENT.signIn, report.waitingForSignIn),
    integer(REPORT_COMPONENT.patient, report.waitingForPatient),
    {
      code: {
        coding: [{ system: SYSTEM.feedbackItem, code: oldest, display: REPORT_DISPLAY[oldest] }],
      },
      valueQuantity: {
        value: Math.floor(report.oldestMs / 60_000),
        unit: 'min',
        system: SYSTEM.ucum,
        code: 'min',
      },
    },
    integer(REPORT_COMPONENT.discardedAnsweredAgain, discards['answered-again']),
    integer(REPORT_COMPONENT.discardedElsewhere, discards['documented-elsewhere']),
    integer(REPORT_COMPONENT.discardedNotMine, discards['not-mine']),
    integer(REPORT_COMPONENT.discardedOther, discards.other),
    {
      code: {
        coding: [
          { system: SYSTEM.feedbackItem, code: version, display: COMPONENT_DISPLAY[version] },
        ],
      },
      valueString: report.appVersion,
    },
  ];
}

/**
 * For the hospital store only. `preliminary` while something waits, so that a plain search by status
 * finds the devices that have not caught up; `final` once all is delivered.
 */
export const toUndeliveredObservation = (report: DeviceReport): Observation =>
  defined<Observation>({
    resourceType: 'Observation',
    meta: {
      profile: [PROFILE.undeliveredReport],
      security: [securityLabel(LABEL.device)],
    },
    identifier: [{ system: SYSTEM.uri, value: report.id }],
    status: report.count > 0 ? 'preliminary' : 'final',
    category: [{ coding: [{ system: SYSTEM.feedbackCategory, code: DEVICE_CATEGORY }] }],
    code: {
      coding: [
        {
          system: SYSTEM.feedbackItem,
          code: ITEM.undelivered,
          display: ITEM_DISPLAY[ITEM.undelivered],
        },
      ],
      text: ITEM_DISPLAY[ITEM.undelivered],
    },
    subject: report.location === undefined ? undefined : { reference: report.location },
    effectiveDateTime: report.at,
    device: {
      type: 'Device',
      identifier: { system: SYSTEM.uri, value: `urn:uuid:${report.device}` },
    },
    component: toComponents(report),
  });
