import type { Problem } from '#src/domain/problem.ts';
import { get, isObject, problem } from './read.ts';
import { parseReference } from './reference.ts';

/**
 * Whether a subject element names the launched patient on this server. Anything that cannot be
 * verified – a missing subject, a group, an identifier only, a contained or foreign patient – is not
 * this patient (DESIGN.md §9). The message never says who else it is.
 * @param patientId undefined only where no patient was launched: then any subject will do.
 */
export function subjectProblem(
  element: unknown,
  server: string,
  patientId: string | undefined,
  what: string,
  where: string,
): Problem | undefined {
  if (patientId === undefined) return undefined;
  const not = (why: string) =>
    problem('wrong-patient', `${what} ${why}, so it is not shown.`, where);
  if (element === undefined || element === null)
    return not('does not say which patient it is about');
  const target = parseReference(get(element, 'reference'), server);
  if (target === undefined || !isObject(element)) {
    return not('names its patient in a way that cannot be checked');
  }
  if (target.ref.type !== 'Patient') return not('is not about one patient');
  if (target.ref.server !== server) return not('names a patient on another server');
  return target.ref.id === patientId ? undefined : not('is about another patient');
}
