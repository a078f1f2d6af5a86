import fc from 'fast-check';

// A fixed seed, so that two runs give one score; no shrinking, since nobody reads how a mutant died.
fc.configureGlobal({ seed: 1, endOnFailure: true });

// All tests that judge mutants, as one file: loaded once, run for each mutant (resident-runner.ts).
import.meta.glob(
  [
    '../unit/{domain,fhir,fhir-feedback,fhir-projections}/**/*.test.ts',
    // They prove a property by hundreds of runs, or read files of megabytes: too slow for each mutant.
    '!../unit/fhir/{mutation,synthea}.test.ts',
  ],
  { eager: true },
);
