#!/usr/bin/env node
import { auditCommand } from './audit.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { headersCommand } from './headers.ts';
import { meetingPackCommand } from './meeting-pack.ts';
import { metricsCommand } from './metrics.ts';
import { monitorCommand } from './monitor.ts';
import { recallCommand } from './recall.ts';
import { simulateCommand } from './simulate.ts';

const COMMANDS: readonly Command[] = [
  headersCommand,
  doctorCommand,
  metricsCommand,
  monitorCommand,
  meetingPackCommand,
  exportCommand,
  recallCommand,
  simulateCommand,
  auditCommand,
];

const HELP = `clinician-feedback: the command line of the clinician feedback app

Usage: clinician-feedback COMMAND [OPTIONS]

${COMMANDS.map((command) => `  ${command.name.padEnd(12)} ${command.summary}`).join('\n')}

clinician-feedback COMMAND --help says more. Exit codes: 0 done, 1 failed, 2 wrong use.
`;

async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) throw new UsageError(`There is no command "${name}".`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help);
    return EXIT.done;
  }
  return command.run(rest);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (cause) {
  const message = cause instanceof Error ? cause.message : String(cause);
  const wrongUse = cause instanceof UsageError;
  process.stderr.write(`${message}\n${wrongUse ? '\nTry clinician-feedback --help.\n' : ''}`);
  process.exitCode = wrongUse ? EXIT.usage : EXIT.failed;
}
