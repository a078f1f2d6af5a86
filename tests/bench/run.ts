import { parseArgs } from 'node:util';
import type { Section } from './section.ts';

// `npm run bench [-- SECTION …] [-- --json] [-- --quick]`: every section, or those that are named.
// The gallery also takes --seeds N, --scenario A,B, and --final for the seeds that nobody tunes with.
// Each is loaded when it runs, so that intervals need no browser.
const SECTIONS: Readonly<Record<string, (quick: boolean) => Promise<Section>>> = {
  launch: async (quick) => (await import('./launch.ts')).benchLaunch(quick),
  dashboard: async (quick) => (await import('./dashboard.ts')).benchDashboard(quick),
  coverage: async (quick) => (await import('./intervals/coverage.ts')).benchCoverage(quick),
  'export-page': async (quick) => (await import('./export-page.ts')).benchExportPage(quick),
  export: async (quick) => (await import('./export/export.ts')).benchExport(quick, values.full),
  gallery: async (quick) => {
    const { benchGallery, GALLERY } = await import('./gallery/gallery.ts');
    const wanted = values.scenario?.split(',');
    return benchGallery(quick, {
      seeds: Number(values.seeds),
      kind: values.final ? 'final' : 'tuning',
      scenarios: GALLERY.filter((name) => wanted?.includes(name) ?? true),
    });
  },
};

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    seeds: { type: 'string', default: '200' },
    scenario: { type: 'string' },
    final: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !Object.hasOwn(SECTIONS, name));
if (unknown !== undefined) {
  process.stderr.write(`There is no section "${unknown}": ${Object.keys(SECTIONS).join(', ')}.\n`);
  process.exit(2);
}
const results: Record<string, unknown> = {};
for (const [name, run] of Object.entries(SECTIONS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { result, text } = await run(values.quick ?? false);
  results[name] = result;
  if (!values.json) process.stdout.write(`${text}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
