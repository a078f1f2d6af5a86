import { writeFile } from 'node:fs/promises';
import { reportAsJson } from '#src/domain/connection/report.ts';
import { reportAsText } from '#src/domain/connection/report-text.ts';
import { vendorFile } from '#src/domain/connection/vendor-file.ts';
import { localTimestamp, systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import type { CheckContext } from '#src/io/connection/context.ts';
import { runChecks } from '#src/io/connection/run-checks.ts';
import { appVersion } from './app-version.ts';
import { type Command, EXIT } from './command.ts';
import { type DoctorOptions, readDoctorOptions } from './doctor-options.ts';
import { readSetUp } from './doctor-set-up.ts';

const HELP = `clinician-feedback doctor --iss URL [OPTIONS]

The connection check: what a FHIR server says it can do, what it really does, and what to do about
it. Without a token it asks what anybody may ask. Exit code 1 if anything fails.

  --iss URL               FHIR base of the EHR, exactly as it launches the app
  --config FILE           the site's config.json: checked too, and what is needed is taken from it
  --origin URL            where the app is served: CORS is asked as a page from there
  --token-file FILE       an access token; or in the environment: CLINICIAN_FEEDBACK_TOKEN
  --store-token-file FILE one for a hospital store that has a sign-in of its own
  --patient ID            a test patient: searches are tried on them
  --encounter ID          an open encounter of theirs, where the EHR asks for one
  --user REFERENCE        who is signed in: Practitioner/ID or PractitionerRole/ID
  --write                 write a marked test answer on --patient, and retract it again
  --json                  print JSON instead of text
  --out FILE              write what would be printed to FILE
  --vendor-file FILE      also write a text for the vendor: no secrets, no patient data, no ids
  --server-words          show what the server itself said; it may name a patient
`;

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check the connection to an EHR, before going live and when something is wrong',
  help: HELP,
  async run(argv) {
    const options = await readDoctorOptions(argv);
    const progress = process.stderr.isTTY;
    const report = await runChecks(await contextOf(options), {
      write: options.write,
      onResult: ({ status, title }) => {
        if (progress) process.stderr.write(`${status.padEnd(7)} ${title}\n`);
      },
    });
    const text = options.json
      ? reportAsJson(report)
      : reportAsText(report, { serverWords: options.serverWords });
    if (options.out) await writeFile(options.out, text);
    else process.stdout.write(text);
    if (options.vendorFile) await writeFile(options.vendorFile, vendorFile(report));
    return report.counts.fail > 0 ? EXIT.failed : EXIT.done;
  },
};

/** The checks, composed for a terminal: it asks as a browser would, and reads the headers itself. */
async function contextOf(options: DoctorOptions): Promise<CheckContext> {
  const { site, problems } = await readSetUp(options.config);
  const issuer = site && findIssuer(site, options.iss);
  const { token, storeToken } = options;
  const bearer = (value: string) => async () => ({ authorization: `Bearer ${value}` });
  return {
    base: options.iss,
    ehrBase: options.iss,
    prefix: '',
    titlePrefix: '',
    eye: 'command-line',
    origin: options.origin ?? (issuer?.redirectUri && new URL(issuer.redirectUri).origin),
    fetch,
    clock: systemClock,
    issuer,
    site,
    configProblems: problems,
    signedIn:
      token === undefined ? undefined : { ...options.subject, authorization: bearer(token) },
    storeSignedIn:
      storeToken === undefined
        ? undefined
        : { ...options.subject, authorization: bearer(storeToken) },
    newId: () => `urn:uuid:${crypto.randomUUID()}`,
    timestamp: () => localTimestamp(systemClock),
    appVersion: await appVersion(),
  };
}
