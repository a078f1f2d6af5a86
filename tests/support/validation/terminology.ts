import { CANONICAL_BASE } from '#src/fhir/codes.ts';
import { type Visit, walk } from './elements.ts';
import { type Codes, codesOf, expand, token } from './expansion.ts';
import { asList, type Issue, isObject, type Json } from './issue.ts';

const known = new Map<string, Codes | undefined>();

function codesIn(valueSet: string): Codes | undefined {
  if (!known.has(valueSet)) known.set(valueSet, expand(valueSet));
  return known.get(valueSet);
}

const tokenOf = (coding: unknown): string =>
  isObject(coding) ? token(String(coding.system), String(coding.code)) : '';

/** True when the value, by its type, has a code of the set. */
function inSet({ value, type }: Visit, codes: Codes): boolean {
  if (type === 'Coding') return codes.has(tokenOf(value));
  if (type === 'CodeableConcept')
    return isObject(value) && asList(value.coding).some((coding) => codes.has(tokenOf(coding)));
  return [...codes].some((each) => each.endsWith(`|${String(value)}`));
}

function bindingIssue(visit: Visit): Issue | undefined {
  const { binding } = visit.definition;
  if (binding?.strength !== 'required' || binding.valueSet === undefined) return undefined;
  if (!['code', 'Coding', 'CodeableConcept'].includes(visit.type)) return undefined;
  const codes = codesIn(binding.valueSet);
  if (!codes || inSet(visit, codes)) return undefined;
  const message = `${JSON.stringify(visit.value)} is not in ${binding.valueSet}.`;
  return { by: 'terminology', path: visit.path, message };
}

/** A code in a code system of ours must be one that we publish. */
function ownCodeIssue({ type, value, path }: Visit): Issue | undefined {
  if (type !== 'Coding' || !isObject(value) || typeof value.system !== 'string') return undefined;
  if (!value.system.startsWith(`${CANONICAL_BASE}/`)) return undefined;
  if (codesOf(value.system)?.includes(String(value.code))) return undefined;
  return { by: 'terminology', path, message: `${tokenOf(value)} is no code that we publish.` };
}

/** Required bindings, R4's and our profiles', and codes of our own systems. */
export function terminologyIssues(resource: Json): readonly Issue[] {
  const issues: Issue[] = [];
  walk(resource, (visit) => {
    for (const issue of [bindingIssue(visit), ownCodeIssue(visit)]) if (issue) issues.push(issue);
  });
  return issues;
}
