import { rng } from './rng.ts';

interface Name {
  readonly family: string;
  readonly female: string;
  readonly male: string;
  /** BCP 47. */
  readonly language: string;
}

export interface Names {
  /** The n-th person; no family name comes twice. */
  person(index: number): Name;
  /** One family, two given names that are easily mixed up. */
  readonly twins: { readonly family: string; readonly given: readonly [string, string] };
  readonly long: { readonly family: string; readonly given: readonly string[] };
}

const GROUPS: readonly (readonly [string, string, string, string])[] = [
  ['en', 'Ashdown Colburn Pryor Tetlow', 'Harriet Joan Denise', 'Walter Graham Elliott'],
  ['en', 'Broussard Gaines Ledbetter', 'Loretta Yvonne Tamika', 'Isaiah Clarence Marcus'],
  ['es', 'Quintero Salcedo Montalvo', 'Lucia Pilar Ximena', 'Hector Andres Mateo'],
  ['vi', 'Duong Trinh', 'Linh Thuy Hanh', 'Minh Quang Tuan'],
  ['pl', 'Wrona Zawada', 'Bozena Irena Danuta', 'Zbigniew Marek Tomasz'],
  ['ar', 'Haddad Mansour', 'Samira Layla Nadia', 'Khalil Omar Yusuf'],
  ['hi', 'Chaudhary Iyer', 'Meena Asha Kavita', 'Rajan Vikram Suresh'],
  ['zh', 'Cheung Xu', 'Mei Lan Yan', 'Wei Jian Bo'],
  ['ko', 'Hwang Seo', 'Eunji Minseo Sunhee', 'Jinho Dongwoo Taeyang'],
  ['en', 'Adeyemi Nwosu', 'Ifeoma Folake Ngozi', 'Chidi Emeka Tunde'],
  ['so', 'Warsame Abdi', 'Hodan Ayaan Fadumo', 'Liban Abdirahman Guled'],
  ['pt', 'Figueiredo Teles', 'Beatriz Fernanda Ines', 'Paulo Duarte Rui'],
  ['en', 'Lindqvist Halvorsen', 'Astrid Ingrid Solveig', 'Gunnar Lars Nils'],
  ['en', 'Begaye Tsosie', 'Nizhoni Dorothy Winona', 'Leland Alvin Raymond'],
  ['tl', 'Macaraeg Villaruel', 'Marisol Liwayway Corazon', 'Rodrigo Danilo Efren'],
];

const TWINS: readonly Names['twins'][] = [
  { family: 'Rivera', given: ['Maria', 'Mariana'] },
  { family: 'Okafor', given: ['Adaeze', 'Adaora'] },
  { family: 'Kowalska', given: ['Hanna', 'Hania'] },
];

const LONG: readonly Names['long'][] = [
  {
    family: 'Featherstonehaugh-Montgomery de la Santísima Trinidad y Villanueva',
    given: ['Maximiliana', 'Alexandrina', 'Bartholomea', 'Concepción'],
  },
  {
    family: 'Papadimitrakopoulos-Ravindranathan von und zu Hohenbrunnenfels',
    given: ['Wilhelmina', 'Anastasia', 'Theodosia', 'Persephone'],
  },
];

const words = (text: string) => text.split(' ');

export function nameBook(seed: number): Names {
  const random = rng(seed, 'names');
  const people: readonly Name[] = random.shuffle(
    GROUPS.flatMap(([language, families, female, male]) =>
      words(families).map((family) => ({
        family,
        female: random.pick(words(female)),
        male: random.pick(words(male)),
        language,
      })),
    ),
  );
  return {
    person(index) {
      const name = people[index];
      if (!name) throw new Error(`names: only ${people.length} people, asked for ${index}`);
      return name;
    },
    twins: random.pick(TWINS),
    long: random.pick(LONG),
  };
}
