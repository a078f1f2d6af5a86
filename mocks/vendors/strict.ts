import type { VendorProfile } from './profile.ts';

/** Everything that R4 and SMART 2.2 promise, kept to the letter. */
export const strict: VendorProfile = {
  name: 'strict',
  accessTokenSeconds: 3600,
  refresh: 'rotate',
  secondsBetweenRefreshes: 0,
  oneTimeLaunch: false,
  wildcardScopes: true,
  conditionalCreate: true,
  defaultReturn: 'representation',
  patientBannerAsString: false,
  corsOnUnauthorized: true,
  fhirUser: (fhirBase, id) => `${fhirBase}/Practitioner/${id}`,
  offers: () => true,
  notOffered: (interaction) => ({ status: 403, text: `${interaction} is not offered` }),
  refuse: () => undefined,
  keep: (resource) => resource,
};
