import type { VendorProfile } from './profile.ts';

/** Everything that R4 and SMART 2.2 promise, kept to the letter. */
export const strict: VendorProfile = {
  name: 'strict',
  accessTokenSeconds: 3600,
  refresh: 'rotate',
  batch: true,
  conditionalCreate: true,
  defaultReturn: 'representation',
  patientBannerAsString: false,
  refuse: () => undefined,
  keep: (resource) => resource,
};
