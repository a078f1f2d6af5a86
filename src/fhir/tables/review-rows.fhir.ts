import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { REVIEWS, type ReviewRow } from '#src/domain/tables/reviews.ts';
import { identifier } from '../datatypes.ts';
import { get, number, objects } from '../read.ts';
import { exactTime } from './exact-time.ts';
import { GOVERNANCE_COMPONENT, GOVERNANCE_ITEM } from './governance-codes.ts';
import {
  governanceObservation,
  valueBoolean,
  valueCode,
  valueText,
} from './governance-observation.ts';
import { refCell } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

const JUDGEMENTS = REVIEWS.columns.judgement.values;
const { harm, stratum, fraction, blinded } = GOVERNANCE_COMPONENT;

/** An `appropriateness-review`; without the answer it judges, a reviewer or a judgement it is none. */
export function toReviewRows(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<ReviewRow>[] {
  const read = governanceObservation(resource, GOVERNANCE_ITEM.review, context);
  if (read === undefined) return [];
  const [focus] = objects(get(read.resource, 'focus'));
  const decision_id = identifier(get(focus, 'identifier'))?.value ?? refCell(focus, context);
  const judgement = JUDGEMENTS.find((one) => one === valueCode(read.resource));
  if (decision_id === null || read.performer === null || judgement === undefined) return [];
  const share = number(get(get(read.component(fraction), 'valueQuantity'), 'value'));
  const row = makeRow(REVIEWS, {
    review_id: read.id,
    decision_id,
    reviewer_id: read.performer,
    judgement,
    harm: valueBoolean(read.component(harm)),
    stratum: valueText(read.component(stratum)),
    sampling_fraction: share !== undefined && share > 0 && share <= 1 ? share : null,
    blinded: valueBoolean(read.component(blinded)),
    reviewed_at: exactTime(get(read.resource, 'effectiveDateTime')).at,
    recorded_at: read.source.updatedAt,
    status: read.status,
  });
  return [{ ...read.source, row }];
}
