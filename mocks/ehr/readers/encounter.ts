import { asList, asRecord, asText, conceptText, hasCode, type Json, referenceOf } from './json.ts';

export interface ChartEncounter {
  readonly id: string;
  readonly patientId: string | undefined;
  readonly status: string | undefined;
  readonly bed: string | undefined;
  readonly unit: string | undefined;
  /** `Location/…` of every place of this stay, so that a unit filter can match any of them. */
  readonly locations: readonly string[];
  readonly reason: string | undefined;
  readonly admitted: string | undefined;
  readonly attending: string | undefined;
  readonly kind: string | undefined;
}

export function readEncounter(resource: Json): ChartEncounter {
  const places = asList(resource.location).filter((place) => place.status !== 'completed');
  const bed = ofType(places, 'bd') ?? places.find((place) => !isUnit(place)) ?? places[0];
  const participants = asList(resource.participant);
  const attending =
    participants.find((one) => asList(one.type).some((type) => isAttending(type))) ??
    participants[0];
  return {
    id: asText(resource.id) ?? '',
    patientId: referenceOf(resource.subject)?.replace(/^Patient\//, ''),
    status: asText(resource.status),
    bed: asText(asRecord(bed?.location).display),
    unit: asText(asRecord(places.find(isUnit)?.location).display),
    locations: places
      .map((candidate) => referenceOf(candidate.location))
      .filter((reference) => reference !== undefined),
    reason:
      asList(resource.reasonCode)
        .map(conceptText)
        .find((text) => text !== undefined) ??
      asList(resource.diagnosis)
        .map((diagnosis) => asText(asRecord(diagnosis.condition).display))
        .find((text) => text !== undefined),
    admitted: asText(asRecord(resource.period).start),
    attending: asText(asRecord(attending?.individual).display),
    kind: asText(asRecord(resource.class).display) ?? conceptText(asList(resource.type)[0]),
  };
}

const isAttending = (type: Json): boolean =>
  asList(type.coding).some((coding) => coding.code === 'ATND' || coding.code === 'PPRF');

const ofType = (places: readonly Json[], code: string): Json | undefined =>
  places.find((place) => hasCode(place.physicalType, code));

const isUnit = (place: Json): boolean => hasCode(place.physicalType, 'wa');
