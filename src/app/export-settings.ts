import { ConfigError } from '#src/io/config/load.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import { ExportRefused } from '#src/state/export-deps.ts';

/** As `--settings` of the command line. Throws `ExportRefused` that lists what is wrong. */
export async function readSettings(text: string): Promise<SiteTables> {
  const body = parsed(text);
  // The schema's library is loaded only where a file was chosen.
  const { checkSiteTables } = await import('#src/io/config/load-settings.ts');
  try {
    return checkSiteTables(body);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const fields = cause.problems.map(({ path, message }) => `${path}: ${message}`);
    throw new ExportRefused(`The settings have mistakes. ${fields.join('; ')}.`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Its message would quote the file.
    throw new ExportRefused('The file is not JSON: choose the settings.json of this site.');
  }
}
