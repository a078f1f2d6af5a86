import { getSearchParameter } from '@medplum/core';
import type { SearchParameter } from '@medplum/fhirtypes';

/** A parameter of the type, or one of all resources (`_security`, `_tag`, `_profile`). */
export function searchParameter(type: string, code: string): SearchParameter | undefined {
  const own = getSearchParameter(type, code);
  if (own !== undefined) return own;
  const common = getSearchParameter('Resource', code);
  if (common?.expression === undefined) return undefined;
  return { ...common, expression: common.expression.replace('Resource.', `${type}.`) };
}
