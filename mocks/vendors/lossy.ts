import type { Resource } from '@medplum/fhirtypes';
import type { VendorProfile } from './profile.ts';
import { strict } from './strict.ts';

/**
 * Answers 201 and silently forgets `focus` and `component`. Oracle documents that "unsupported fields
 * are ignored", so a 201 does not mean that they were stored; a read-back must find out.
 */
export const lossy: VendorProfile = { ...strict, name: 'lossy', keep: withoutFocusAndComponents };

function withoutFocusAndComponents(resource: Resource): Resource {
  if (resource.resourceType !== 'Observation') return resource;
  const { focus: _focus, component: _component, ...kept } = resource;
  return kept;
}
