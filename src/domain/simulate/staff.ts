import { MODEL_FACTS, MODEL_KEYS, type ModelKey, ROLES, type Role } from './model-facts.ts';
import type { Unit } from './places.ts';
import { logNormal, normal, runningSums, wholeWithin } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import { CLINICIANS_PER_UNIT } from './ranges.ts';

export interface Clinician {
  /** Place among all of them. */
  readonly index: number;
  readonly id: string;
  readonly role: Role;
  readonly unit: number;
  /** Own log odds of following, beside the model's. */
  readonly leaning: number;
  /** Own response time, as a factor of the median. */
  readonly pace: number;
  /** How much of the unit's recommendations come to this clinician, beside colleagues of the same role. */
  readonly load: number;
}

/** Of one model on one unit: who may see it, and running sums of their loads. */
export interface Audience {
  readonly clinicians: readonly Clinician[];
  readonly ends: readonly number[];
}

export interface Staff {
  readonly clinicians: readonly Clinician[];
  /** By model, then by unit. */
  readonly audiences: Readonly<Record<ModelKey, readonly Audience[]>>;
}

const ROLE_SHARES: Readonly<Record<Role, number>> = {
  physician: 0.3,
  resident: 0.2,
  nurse: 0.25,
  pharmacist: 0.15,
  'case-manager': 0.1,
};
/** Nobody is the only one of a role on a unit. */
const LEAST_OF_ROLE = 2;
const PACE_SPREAD = 0.25;
const LOAD_SPREAD = 0.5;

function drawUnitStaff(
  stream: Stream,
  unit: Unit,
  spread: number,
): readonly Omit<Clinician, 'index'>[] {
  const size = wholeWithin(stream, CLINICIANS_PER_UNIT);
  const name = unit.id.replace('Location/', '');
  return ROLES.flatMap((role) => {
    const count = Math.max(LEAST_OF_ROLE, Math.round(size * ROLE_SHARES[role]));
    return Array.from({ length: count }, (_, i) => {
      const own = stream.named(`${role} ${i}`);
      return {
        id: `Practitioner/sim-${name}-${role}-${i + 1}`,
        role,
        unit: unit.index,
        leaning: spread * normal(own),
        pace: logNormal(own, 1, PACE_SPREAD),
        load: logNormal(own, 1, LOAD_SPREAD),
      };
    });
  });
}

/** @param spread standard deviation of `leaning`. */
export function drawStaff(stream: Stream, units: readonly Unit[], spread: number): Staff {
  const clinicians = units
    .flatMap((unit) => drawUnitStaff(stream.split(unit.index), unit, spread))
    .map((one, index) => ({ ...one, index }));
  const audience = (model: ModelKey): readonly Audience[] =>
    units.map(({ index }) => {
      const seeing = clinicians.filter(
        ({ unit, role }) => unit === index && MODEL_FACTS[model].roles.includes(role),
      );
      return { clinicians: seeing, ends: runningSums(seeing.map(({ load }) => load)) };
    });
  const [sepsis, film, drug, readmission] = MODEL_KEYS;
  return {
    clinicians,
    audiences: {
      [sepsis]: audience(sepsis),
      [film]: audience(film),
      [drug]: audience(drug),
      [readmission]: audience(readmission),
    },
  };
}
