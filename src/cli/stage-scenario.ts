import { UsageError } from './command.ts';
import type { StageOptions } from './stage-options.ts';

/** A scenario, what a site would have configured about its AI models, and how it numbers patients. */
export async function loadScenario({
  scenario = 'ward',
  seed = 1,
  now = Date.now(),
  past = {},
}: StageOptions) {
  const options = { seed, now };
  switch (scenario) {
    case 'hospital': {
      const [{ hospital }, { AI_DEVICES, MRN_SYSTEM, PROBABILITY_SCALES }] = await Promise.all([
        import('#mocks/scenarios/hospital/index.ts'),
        import('#mocks/scenarios/ward/index.ts'),
      ]);
      const models = { aiDevices: AI_DEVICES, probabilityScales: PROBABILITY_SCALES };
      return { ...hospital({ ...options, ...past }), models, mrnSystem: MRN_SYSTEM };
    }
    case 'ward': {
      const { ward, AI_DEVICES, MRN_SYSTEM, PROBABILITY_SCALES } = await import(
        '#mocks/scenarios/ward/index.ts'
      );
      const models = { aiDevices: AI_DEVICES, probabilityScales: PROBABILITY_SCALES };
      return { scenario: ward(options), models, mrnSystem: MRN_SYSTEM, past: undefined };
    }
    case 'minimal': {
      const { minimal, MRN_SYSTEM } = await import('#mocks/scenarios/minimal.ts');
      return {
        scenario: minimal(options),
        models: { aiDevices: [], probabilityScales: [] },
        mrnSystem: MRN_SYSTEM,
        past: undefined,
      };
    }
    default:
      throw new UsageError(`There is no scenario "${scenario}". Choose hospital, ward or minimal.`);
  }
}

export type LoadedScenario = Awaited<ReturnType<typeof loadScenario>>;
