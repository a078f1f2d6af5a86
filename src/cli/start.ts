import { readOptions } from './options.ts';
import { startStage } from './stage.ts';

// `npm start`: the sandbox EHR with the app in it. Built files under real headers, so that what is
// tried here is what would be deployed.
const options = readOptions(process.argv.slice(2), {
  port: { type: 'string', default: '4004' },
  scenario: { type: 'string', default: 'ward' },
  seed: { type: 'string', default: '1' },
  vendor: { type: 'string', default: 'strict' },
  data: { type: 'string' },
});

const stage = await startStage({
  port: Number(options.port),
  scenario: options.scenario ?? 'ward',
  seed: Number(options.seed),
  vendor: options.vendor ?? 'strict',
  ...(options.data && { dataDir: options.data }),
});

process.stdout.write(
  [
    '',
    `  Sandbox EHR   ${stage.ehrUrl}`,
    '',
    '  Pick a clinician, open a patient: the app starts in the side panel.',
    '  Every patient here is synthetic. Ctrl-C ends it.',
    '',
    '',
  ].join('\n'),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stage.close().then(() => process.exit(0)));
