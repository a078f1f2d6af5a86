import type { ElementDefinition, StructureDefinition } from 'fhir/r4';

type Element = ElementDefinition & { id: string };

/** Without the base's prose: a snapshot is for validators, who reads wants the differential. */
const withId = (element: ElementDefinition): Element => {
  const { mapping: _, comment: __, requirements: ___, ...rest } = element;
  return { ...rest, id: element.id ?? element.path };
};

/** A rule narrows the element: constraints add up, everything else is replaced. */
const narrow = (base: Element, rule: ElementDefinition): Element => ({
  ...base,
  ...rule,
  id: base.id,
  constraint: [...(base.constraint ?? []), ...(rule.constraint ?? [])],
});

const below = (id: string) => (element: Element) =>
  element.id === id || element.id.startsWith(`${id}.`);

/** Copies the sliced element with all its children under the slice's id. */
function unfoldSlice(elements: readonly Element[], sliceId: string): Element[] {
  const base = sliceId.slice(0, sliceId.lastIndexOf(':'));
  return elements.filter(below(base)).map(({ slicing: _, ...element }) => ({
    ...element,
    id: `${sliceId}${element.id.slice(base.length)}`,
  }));
}

function insertSlice(elements: readonly Element[], sliceId: string): Element[] {
  const base = sliceId.slice(0, sliceId.lastIndexOf(':'));
  const isMember = (element: Element) => below(base)(element) || element.id.startsWith(`${base}:`);
  const end = elements.findLastIndex(isMember) + 1;
  if (end === 0) throw new RangeError(`There is nothing to slice at ${base}.`);
  return [...elements.slice(0, end), ...unfoldSlice(elements, sliceId), ...elements.slice(end)];
}

/**
 * The profile with a snapshot: the base's elements, narrowed by the differential. Knows what our own
 * profiles use (rules on the base's elements, slices of them), and refuses anything else.
 */
export function withSnapshot(
  profile: StructureDefinition,
  base: StructureDefinition,
): StructureDefinition {
  let elements = (base.snapshot?.element ?? []).map(withId);
  for (const rule of (profile.differential?.element ?? []).map(withId)) {
    if (rule.sliceName !== undefined) elements = insertSlice(elements, rule.id);
    const at = elements.findIndex((element) => element.id === rule.id);
    const target = elements[at];
    if (!target) throw new RangeError(`The base has no element ${rule.id}.`);
    elements = elements.with(at, narrow(target, rule));
  }
  return { ...profile, snapshot: { element: elements } };
}
