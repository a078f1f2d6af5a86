import { type Visit, walk } from './elements.ts';
import { type Issue, isObject, type Json } from './issue.ts';
import { fits, patternOf } from './slicing.ts';

const inSlice = ({ definition }: Visit): boolean => definition.id?.includes(':') ?? false;

function limitProblem({ definition, value }: Visit): string | undefined {
  const { minValueInteger: min, maxValueInteger: max } = definition;
  if (typeof value !== 'number') return undefined;
  if (min !== undefined && value < min) return `${value} is less than ${min}.`;
  return max !== undefined && value > max ? `${value} is more than ${max}.` : undefined;
}

/** What the profile says of a value in a slice: its type, its pattern, its limits. */
function valueProblem(visit: Visit): string | undefined {
  const { definition, value, type } = visit;
  const allowed = (definition.type ?? []).map(({ code }) => code);
  const choice = definition.path.endsWith('[x]');
  if (choice && !allowed.includes(type)) return `A ${type} where ${allowed.join(', ')} is due.`;
  const pattern = patternOf(definition);
  if (pattern !== undefined && !fits(pattern, value)) return 'It does not fit the pattern.';
  return limitProblem(visit);
}

/** A sliced component without the value that its slice demands. */
function missingValue({ definition, value }: Visit): string | undefined {
  if (definition.sliceName === undefined || definition.path !== 'Observation.component')
    return undefined;
  const has = isObject(value) && Object.keys(value).some((key) => key.startsWith('value'));
  return has ? undefined : 'It has no value.';
}

/** Rules inside slices, and strays in closed lists: both are beyond @medplum/core. */
export function sliceIssues(resource: Json): readonly Issue[] {
  const issues: Issue[] = [];
  const add = (path: string, message: string | undefined) => {
    if (message !== undefined) issues.push({ by: 'slices', path, message });
  };
  walk(
    resource,
    (visit) => {
      if (inSlice(visit)) add(visit.path, valueProblem(visit) ?? missingValue(visit));
    },
    (path) => add(path, 'The profile knows no such item.'),
  );
  return issues;
}
