import { type Visit, walk } from './elements.ts';
import { asList, type Issue, isObject, type Json } from './issue.ts';

/** The resource type that a Reference names; undefined where it does not say (urn:, #, identifier). */
function targetType(reference: Json, container: Json): string | undefined {
  const literal = typeof reference.reference === 'string' ? reference.reference : '';
  if (literal.startsWith('#')) {
    const held = asList(container.contained).find(
      (each) => isObject(each) && each.id === literal.slice(1),
    );
    return isObject(held) ? String(held.resourceType) : undefined;
  }
  const typed = /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+(?:\/_history\/[^/]+)?$/.exec(literal)?.[1];
  return typed ?? (typeof reference.type === 'string' ? reference.type : undefined);
}

function targetIssue(visit: Visit, container: Json): Issue | undefined {
  if (visit.type !== 'Reference' || !isObject(visit.value)) return undefined;
  const targets = (visit.definition.type ?? [])
    .filter(({ code }) => code === 'Reference')
    .flatMap(({ targetProfile }) => targetProfile ?? [])
    .map((url) => url.slice(url.lastIndexOf('/') + 1));
  const type = targetType(visit.value, container);
  if (targets.length === 0 || targets.includes('Resource') || type === undefined) return undefined;
  if (targets.includes(type)) return undefined;
  const message = `It points to a ${type}; allowed: ${targets.join(', ')}.`;
  return { by: 'references', path: visit.path, message };
}

/** Reference targets by `targetProfile`, R4's and our profiles'. */
export function referenceIssues(resource: Json): readonly Issue[] {
  const issues: Issue[] = [];
  walk(resource, (visit) => {
    const issue = targetIssue(visit, resource);
    if (issue) issues.push(issue);
  });
  return issues;
}
