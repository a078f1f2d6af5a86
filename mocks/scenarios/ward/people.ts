import type { Practitioner, PractitionerRole, Reference } from 'fhir/r4';
import { HOSPITAL, named, plainMeta, snomed } from './build.ts';
import { HOSPITAL_REFERENCE, type UnitId, unitReference } from './hospital.ts';
import { stream, type Ward } from './ward.ts';

export type ClinicianId =
  | 'hospitalist'
  | 'resident'
  | 'intensivist'
  | 'emergency'
  | 'nurse-5b'
  | 'nurse-icu'
  | 'pharmacist'
  | 'radiologist'
  | 'informatics';

interface Post {
  readonly id: ClinicianId;
  readonly role: string;
  readonly code: readonly [snomed: string, display: string];
  readonly prefix?: string;
  readonly suffix: string;
  readonly sex: 'female' | 'male';
  readonly units: readonly UnitId[];
}

const PHYSICIAN = ['309343006', 'Physician'] as const;
const NURSE = ['224535009', 'Registered nurse'] as const;

export const POSTS: readonly Post[] = [
  {
    id: 'hospitalist',
    role: 'Hospitalist',
    code: PHYSICIAN,
    prefix: 'Dr',
    suffix: 'MD',
    sex: 'female',
    units: ['5b'],
  },
  {
    id: 'resident',
    role: 'Resident physician',
    code: PHYSICIAN,
    prefix: 'Dr',
    suffix: 'MD',
    sex: 'male',
    units: ['5b', 'icu'],
  },
  {
    id: 'intensivist',
    role: 'Intensivist',
    code: PHYSICIAN,
    prefix: 'Dr',
    suffix: 'MD',
    sex: 'female',
    units: ['icu'],
  },
  {
    id: 'emergency',
    role: 'Emergency physician',
    code: PHYSICIAN,
    prefix: 'Dr',
    suffix: 'DO',
    sex: 'male',
    units: ['ed'],
  },
  {
    id: 'nurse-5b',
    role: 'Registered nurse, 5B',
    code: NURSE,
    suffix: 'RN',
    sex: 'male',
    units: ['5b'],
  },
  {
    id: 'nurse-icu',
    role: 'Registered nurse, ICU',
    code: NURSE,
    suffix: 'RN',
    sex: 'female',
    units: ['icu'],
  },
  {
    id: 'pharmacist',
    role: 'Clinical pharmacist',
    code: ['46255001', 'Pharmacist'],
    suffix: 'PharmD',
    sex: 'female',
    units: ['5b', 'icu'],
  },
  {
    id: 'radiologist',
    role: 'Radiologist',
    code: ['66862007', 'Radiologist'],
    prefix: 'Dr',
    suffix: 'MD',
    sex: 'male',
    units: ['ed'],
  },
  {
    id: 'informatics',
    role: 'Chief medical informatics officer',
    code: PHYSICIAN,
    prefix: 'Dr',
    suffix: 'MD',
    sex: 'female',
    units: ['5b'],
  },
];

/** Clinicians take their names after the patients have taken theirs. */
const FIRST_NAME = 20;

function postOf(id: ClinicianId): Post {
  const post = POSTS.find((candidate) => candidate.id === id);
  if (!post) throw new Error(`people: nobody is ${id}`);
  return post;
}

export function clinicianName(ward: Ward, id: ClinicianId): string {
  const post = postOf(id);
  const name = ward.names.person(FIRST_NAME + POSTS.indexOf(post));
  return [post.prefix, name[post.sex], name.family].filter(Boolean).join(' ');
}

export const clinician = (ward: Ward, id: ClinicianId): Reference =>
  named(`Practitioner/${id}`, clinicianName(ward, id));

export const roleConcept = (id: ClinicianId) => {
  const [code, display] = postOf(id).code;
  return { ...snomed(code, display), text: postOf(id).role };
};

export function practitioner(ward: Ward, post: Post): Practitioner {
  const name = ward.names.person(FIRST_NAME + POSTS.indexOf(post));
  const random = stream(ward, `practitioner/${post.id}`);
  return {
    resourceType: 'Practitioner',
    id: post.id,
    meta: plainMeta(),
    identifier: [{ system: `${HOSPITAL}/staff`, value: `S${random.int(10000, 99999)}` }],
    active: true,
    name: [
      {
        use: 'official',
        text: clinicianName(ward, post.id),
        family: name.family,
        given: [name[post.sex]],
        ...(post.prefix ? { prefix: [post.prefix] } : {}),
        suffix: [post.suffix],
      },
    ],
    gender: post.sex,
  };
}

export const practitionerRole = (ward: Ward, post: Post): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  id: `${post.id}-role`,
  meta: plainMeta(),
  active: true,
  practitioner: clinician(ward, post.id),
  organization: HOSPITAL_REFERENCE,
  code: [roleConcept(post.id)],
  location: post.units.map(unitReference),
});
