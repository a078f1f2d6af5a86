import { capitalize, type InternalSchemaElement, tryGetDataType } from '@medplum/core';
import type { CodeableConcept, Coding, OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import type { CodesOf } from './value-sets.ts';

/**
 * The library's validator does not check codes. R4 servers do, at least for required bindings, so
 * that `status: "bogus"` is refused (terminologies.html §4.1.5).
 */
export function checkRequiredBindings(
  resource: Resource,
  codesOf: CodesOf,
): OperationOutcomeIssue[] {
  const issues: OperationOutcomeIssue[] = [];
  walk(resource, resource.resourceType, resource.resourceType);
  return issues;

  function walk(value: unknown, type: string, path: string): void {
    const elements = tryGetDataType(type)?.elements;
    if (elements === undefined || typeof value !== 'object' || value === null) return;
    for (const [name, element] of Object.entries(elements)) {
      for (const [property, propertyType] of propertiesOf(name, element)) {
        const child = (value as Record<string, unknown>)[property];
        if (child === undefined) continue;
        for (const item of Array.isArray(child) ? child : [child]) {
          checkItem(item, propertyType, element, `${path}.${property}`);
        }
      }
    }
  }

  function checkItem(
    item: unknown,
    type: string,
    element: InternalSchemaElement,
    path: string,
  ): void {
    const { binding } = element;
    if (binding?.strength === 'required' && binding.valueSet !== undefined) {
      const codes = codesOf(binding.valueSet);
      const given = codesIn(item, type);
      if (codes !== undefined && given.length > 0 && !given.some((code) => codes.has(code))) {
        issues.push({
          severity: 'error',
          code: 'code-invalid',
          details: { text: `${given.join(', ')} is not in ${binding.valueSet}` },
          expression: [path],
        });
      }
    }
    walk(item, type, path);
  }
}

function propertiesOf(name: string, element: InternalSchemaElement): [string, string][] {
  const types = element.type.map(({ code }) => code);
  if (!name.endsWith('[x]')) return types.slice(0, 1).map((type) => [name, type]);
  const stem = name.slice(0, -'[x]'.length);
  return types.map((type) => [`${stem}${capitalize(type)}`, type]);
}

function codesIn(item: unknown, type: string): string[] {
  switch (type) {
    case 'code':
      return typeof item === 'string' ? [item] : [];
    case 'Coding':
      return [(item as Coding).code].filter((code) => code !== undefined);
    case 'CodeableConcept':
      return ((item as CodeableConcept).coding ?? []).flatMap(({ code }) => code ?? []);
    default:
      return [];
  }
}
