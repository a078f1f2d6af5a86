import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

// `npm run test:real`: the journeys against servers that are not ours. What came of it: docs/compatibility.md.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fhir: { type: 'string' },
    launcher: { type: 'string' },
    token: { type: 'string' },
    medplum: { type: 'string' },
    'medplum-client': { type: 'string' },
    'medplum-secret': { type: 'string' },
    chart: { type: 'string' },
    'other-chart': { type: 'string' },
  },
});

const launcher = values.fhir && values.launcher;
const medplum = values.medplum && values['medplum-client'] && values['medplum-secret'];
if (!launcher && !medplum) {
  process.stderr.write(
    [
      'npm run test:real -- --fhir URL --launcher URL [--token T]',
      '                     --medplum URL --medplum-client ID --medplum-secret SECRET',
      '                     [--chart FILE --other-chart FILE] [SPEC …]',
      '  --launcher  SMART launcher v2;  --fhir: FHIR R4 base of the server behind it',
      '  --medplum   base of a Medplum server for tests; its super admin client makes a project',
      '              either one, or both: then also the store journeys, with Medplum as the store',
      '  --chart     transaction bundles to test with, in place of a small chart of our own',
      '',
    ].join('\n'),
  );
  process.exit(2);
}

const named = {
  ...(launcher && { FHIR_URL: values.fhir, LAUNCHER_URL: values.launcher }),
  ...(medplum && {
    MEDPLUM_URL: values.medplum,
    MEDPLUM_CLIENT: values['medplum-client'],
    MEDPLUM_SECRET: values['medplum-secret'],
  }),
  ...(values.token && { FHIR_TOKEN: values.token }),
  ...(values.chart && { CHART: values.chart }),
  ...(values['other-chart'] && { OTHER_CHART: values['other-chart'] }),
};

const { status } = spawnSync('npx', ['playwright', 'test', '-c', 'tests/real', ...positionals], {
  stdio: 'inherit',
  env: { ...process.env, ...named },
});
process.exit(status ?? 1);
