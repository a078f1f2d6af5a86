import {
  asList,
  asNumber,
  asRecord,
  asText,
  byNewest,
  conceptText,
  hasCode,
  type Json,
  referenceOf,
} from './json.ts';

export interface Given {
  readonly id: string;
  readonly at: string | undefined;
  readonly status: string;
  readonly dose: string | undefined;
}

export interface MedicationOrder {
  readonly id: string;
  readonly label: string;
  readonly dose: string | undefined;
  readonly schedule: string | undefined;
  readonly status: string;
  readonly since: string | undefined;
  /** Newest first. */
  readonly given: readonly Given[];
}

const ORDERS = new Set([
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
  'plan',
]);

/** Orders with what was given on them. Proposals are not orders and do not belong on a MAR. */
export function readMedications(
  requests: readonly Json[],
  administrations: readonly Json[],
): readonly MedicationOrder[] {
  const left = new Set(administrations.filter((one) => one.status !== 'entered-in-error'));
  const orders = requests
    .filter((request) => ORDERS.has(asText(request.intent) ?? 'order'))
    .filter((request) => request.status !== 'entered-in-error' && request.status !== 'draft')
    .map((request) => {
      const mine = [...left].filter((one) => belongsTo(one, request));
      for (const one of mine) left.delete(one);
      return toOrder(request, mine);
    });
  const byLabel = Map.groupBy(left, medicationLabel);
  const unordered = [...byLabel].map(([label, given]) => ({
    id: asText(given[0]?.id) ?? label,
    label,
    dose: undefined,
    schedule: undefined,
    status: 'given without order',
    since: undefined,
    given: toGiven(given),
  }));
  const running = (order: MedicationOrder) => (order.status === 'active' ? 0 : 1);
  return [...orders, ...unordered].toSorted(
    (a, b) => running(a) - running(b) || a.label.localeCompare(b.label),
  );
}

function belongsTo(administration: Json, request: Json): boolean {
  const target = referenceOf(administration.request);
  if (target !== undefined) return target === `MedicationRequest/${asText(request.id)}`;
  return medicationLabel(administration) === medicationLabel(request);
}

function medicationLabel(resource: Json): string {
  const contained = asList(resource.contained).find((one) => one.resourceType === 'Medication');
  return (
    conceptText(resource.medicationCodeableConcept) ??
    asText(asRecord(resource.medicationReference).display) ??
    conceptText(contained?.code) ??
    'Unnamed medication'
  );
}

function toOrder(request: Json, administrations: readonly Json[]): MedicationOrder {
  const dosage = asList(request.dosageInstruction)[0] ?? {};
  const repeat = asRecord(asRecord(dosage.timing).repeat);
  const every = asNumber(repeat.period);
  return {
    id: asText(request.id) ?? '',
    label: medicationLabel(request),
    dose: doseText(asRecord(asList(dosage.doseAndRate)[0]).doseQuantity, dosage.route),
    schedule:
      conceptText(asRecord(dosage.timing).code) ??
      (every === undefined
        ? asText(dosage.text)
        : `every ${every} ${asText(repeat.periodUnit) ?? ''}`) ??
      (dosage.asNeededBoolean === true ? 'as needed' : undefined),
    status: asText(request.status) ?? 'unknown',
    since: asText(request.authoredOn),
    given: toGiven(administrations),
  };
}

const toGiven = (administrations: readonly Json[]): readonly Given[] =>
  administrations
    .map((one) => ({
      id: asText(one.id) ?? '',
      at: asText(one.effectiveDateTime) ?? asText(asRecord(one.effectivePeriod).start),
      status: asText(one.status) ?? 'unknown',
      dose: doseText(asRecord(one.dosage).dose, undefined),
    }))
    .toSorted(byNewest((given) => given.at));

function doseText(quantity: unknown, route: unknown): string | undefined {
  const { value, unit, code } = asRecord(quantity);
  const amount = asNumber(value);
  const dose = amount === undefined ? '' : `${amount} ${asText(unit) ?? asText(code) ?? ''}`;
  return `${dose} ${routeText(route)}`.trim() || undefined;
}

const ROUTES: Readonly<Record<string, string>> = {
  '47625008': 'IV',
  '26643006': 'PO',
  '34206005': 'SC',
  '78421000': 'IM',
  '447694001': 'inhaled',
};

function routeText(route: unknown): string {
  const short = Object.keys(ROUTES).find((code) => hasCode(route, code));
  return short === undefined ? (conceptText(route) ?? '') : (ROUTES[short] ?? '');
}
