import type { Library } from 'fhir/r4';
import type {
  DrawnCase,
  SampledStratum,
  SamplingPlan,
} from '#src/domain/governance/feedback/sampling.ts';
import { fromJsonLibrary, toJsonLibrary } from '../json-library.fhir.ts';
import { get, line, number, objects } from '../read.ts';
import type { FhirSearch } from '../search.ts';

const NAME = 'ReviewPlan';

export const reviewPlanSearch: FhirSearch = {
  type: 'Library',
  params: [
    ['name', NAME],
    ['_sort', '-date'],
    ['_count', '50'],
  ],
};

/** @param asOf ISO 8601 with offset @param by reference of who drew */
export const toReviewPlan = (plan: SamplingPlan, asOf: string, by: string): Library => ({
  ...toJsonLibrary({
    id: `review-plan-${plan.id.slice('urn:uuid:'.length)}`,
    name: NAME,
    title: plan.title,
    asOf,
    content: { ...plan, by },
  }),
  identifier: [{ system: 'urn:ietf:rfc:3986', value: plan.id }],
});

/** The plan whole or not at all: with a case missing, its weights would be others. */
export function readReviewPlan(resource: unknown): SamplingPlan | undefined {
  if (get(resource, 'resourceType') !== 'Library' || get(resource, 'name') !== NAME)
    return undefined;
  const said = fromJsonLibrary(resource);
  const words = (name: string): string => line(get(said, name)) ?? '';
  const [strata, drawn] = [objects(get(said, 'strata')), objects(get(said, 'drawn'))];
  const plan = {
    id: words('id'),
    device: words('device'),
    title: words('title'),
    from: words('from'),
    until: words('until'),
    strata: strata.flatMap((one) => readStratum(one) ?? []),
    drawn: drawn.flatMap((one) => readDrawn(one) ?? []),
  };
  const whole = plan.strata.length === strata.length && plan.drawn.length === drawn.length;
  return whole && plan.id !== '' && plan.device !== '' ? plan : undefined;
}

function readStratum(one: unknown): SampledStratum | undefined {
  const stratum = line(get(one, 'stratum'));
  const [population, drawn] = [number(get(one, 'population')), number(get(one, 'drawn'))];
  return stratum === undefined || population === undefined || drawn === undefined
    ? undefined
    : { stratum, population, drawn };
}

function readDrawn(one: unknown): DrawnCase | undefined {
  const [answer, reference] = [line(get(one, 'answer')), line(get(one, 'reference'))];
  const [stratum, fraction] = [line(get(one, 'stratum')), number(get(one, 'fraction'))];
  return answer === undefined ||
    reference === undefined ||
    stratum === undefined ||
    fraction === undefined ||
    !(fraction > 0 && fraction <= 1)
    ? undefined
    : { answer, reference, stratum, fraction };
}
