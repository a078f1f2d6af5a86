import { conceptText } from './datatypes.ts';
import { get, line, list, objects } from './read.ts';

/**
 * Display name of a Practitioner, PractitionerRole or Person; undefined when it has none that can be
 * shown, and the caller then shows the reference.
 */
export function readPractitionerName(resource: unknown): string | undefined {
  const role = line(get(get(resource, 'practitioner'), 'display'), 120);
  if (get(resource, 'resourceType') === 'PractitionerRole') {
    return role ?? conceptText(objects(get(resource, 'code'))[0]);
  }
  const names = objects(get(resource, 'name'));
  const name = names.find((one) => get(one, 'use') !== 'old') ?? names[0];
  const parts = [
    ...list(get(name, 'prefix')),
    ...list(get(name, 'given')),
    get(name, 'family'),
  ].map((one) => line(one, 60));
  return line(get(name, 'text'), 120) ?? line(parts.slice(0, 6).join(' '), 120);
}
