import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

// `npm run test:real -- --fhir URL --launcher URL`: the journeys against servers that are not ours.
const { values } = parseArgs({
  options: {
    fhir: { type: 'string' },
    launcher: { type: 'string' },
    token: { type: 'string' },
    chart: { type: 'string' },
    'other-chart': { type: 'string' },
  },
});

if (!values.fhir || !values.launcher) {
  process.stderr.write(
    [
      'npm run test:real -- --fhir URL --launcher URL [--token T] [--chart FILE --other-chart FILE]',
      '  --fhir      FHIR R4 base of the server behind the launcher',
      '  --launcher  SMART launcher v2',
      '  --chart     transaction bundles to test with, in place of a small chart of our own',
      '',
    ].join('\n'),
  );
  process.exit(2);
}

const { status } = spawnSync('npx', ['playwright', 'test', '-c', 'tests/real'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    FHIR_URL: values.fhir,
    LAUNCHER_URL: values.launcher,
    ...(values.token && { FHIR_TOKEN: values.token }),
    ...(values.chart && { CHART: values.chart }),
    ...(values['other-chart'] && { OTHER_CHART: values['other-chart'] }),
  },
});
process.exit(status ?? 1);
