import { asList, asText, byNewest, conceptText, hasCode, type Json } from './json.ts';

export interface Problem {
  readonly id: string;
  readonly label: string;
  readonly status: string | undefined;
  readonly since: string | undefined;
}

export interface Allergy {
  readonly id: string;
  readonly label: string;
  readonly reaction: string | undefined;
  readonly high: boolean;
}

const refuted = (resource: Json): boolean =>
  hasCode(resource.verificationStatus, 'entered-in-error') ||
  hasCode(resource.verificationStatus, 'refuted');

export function readProblems(resources: readonly Json[]): readonly Problem[] {
  return resources
    .filter((resource) => !refuted(resource))
    .map((resource) => ({
      id: asText(resource.id) ?? '',
      label: conceptText(resource.code) ?? 'Unnamed problem',
      status: conceptText(resource.clinicalStatus)?.toLowerCase(),
      since: asText(resource.onsetDateTime) ?? asText(resource.recordedDate),
    }))
    .toSorted(byNewest((problem) => problem.since));
}

export function readAllergies(resources: readonly Json[]): readonly Allergy[] {
  return resources
    .filter((resource) => !refuted(resource))
    .map((resource) => ({
      id: asText(resource.id) ?? '',
      label: conceptText(resource.code) ?? 'Unnamed substance',
      reaction: asList(resource.reaction)
        .flatMap((reaction) => asList(reaction.manifestation))
        .map(conceptText)
        .find((text) => text !== undefined),
      high: resource.criticality === 'high',
    }));
}
