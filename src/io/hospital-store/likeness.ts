import { dateTime } from '#src/fhir/date-time.ts';
import { get, list, objects, token } from '#src/fhir/read.ts';

/** What two records of one person have in common besides their number. */
export type Trait = 'birth-date' | 'gender' | 'family-name';

export type Likeness = Readonly<Record<Trait, 'same' | 'differs' | 'not-compared'>>;

/** Compares two R4 Patients. What either record does not say is not compared, and proves nothing. */
export const likeness = (one: unknown, other: unknown): Likeness => ({
  'birth-date': compare(birthDate(one), birthDate(other), samePrecision),
  gender: compare(gender(one), gender(other), (a, b) => a === b),
  'family-name': compare(familyNames(one), familyNames(other), anyAlike),
});

function compare<T>(a: T | undefined, b: T | undefined, same: (a: T, b: T) => boolean) {
  if (a === undefined || b === undefined) return 'not-compared';
  return same(a, b) ? 'same' : 'differs';
}

const birthDate = (patient: unknown) => dateTime(get(patient, 'birthDate'));

/** A year agrees with every day in it. */
function samePrecision(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) === b.slice(0, length);
}

/** `other` and `unknown` are said for many reasons and contradict nothing. */
function gender(patient: unknown): string | undefined {
  const said = token(get(patient, 'gender'), 20);
  return said === 'male' || said === 'female' ? said : undefined;
}

type Name = readonly string[];

/** All of them, former ones too: a name that was changed is no other person. */
function familyNames(patient: unknown): readonly Name[] | undefined {
  const names = objects(get(patient, 'name'))
    .map((name) => words(get(name, 'family')))
    .filter((name) => name.length > 0);
  return names.length > 0 ? names : undefined;
}

/** Any word of any given name: one of them may be an initial, or left out. */
export function shareGivenName(one: unknown, other: unknown): boolean {
  const [ours, theirs] = [givenNames(one), givenNames(other)];
  return ours.some((word) => theirs.includes(word));
}

const givenNames = (person: unknown): Name =>
  objects(get(person, 'name')).flatMap((name) => list(get(name, 'given')).flatMap(words));

/** Without case, accents and hyphens; "Müller" and "Mueller" are one. */
function words(name: unknown): Name {
  if (typeof name !== 'string') return [];
  return name
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/([aou])e/g, '$1')
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

const anyAlike = (ours: readonly Name[], theirs: readonly Name[]): boolean =>
  ours.some((a) => theirs.some((b) => within(a, b) || within(b, a)));

/** "Garcia" is within "Garcia Lopez". */
const within = (part: Name, whole: Name): boolean => part.every((word) => whole.includes(word));
