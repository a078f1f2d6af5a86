/**
 * `npm run soak -- --decisions 100000 --seed 7`: days in which everything goes wrong, for as long as
 * one likes. Prints what was lost, doubled or stuck; exit code 1 when anything was, 2 on wrong use.
 */
import { parseArgs } from 'node:util';
import { mistakes, runDays, type Totals } from '#tests/support/outbox/run-days.ts';

const MODES = {
  'conditional create': { conditionalCreate: true },
  'search, wait, search, send': { conditionalCreate: false },
  'conditional create, no Web Locks': { conditionalCreate: true, webLocks: false },
  'EHR and hospital store': { conditionalCreate: true, store: true },
};

async function soak(decisions: number, seed: number): Promise<number> {
  let bad = 0;
  for (const [mode, options] of Object.entries(MODES)) {
    let shown = 0;
    const totals = await runDays({
      ...options,
      decisions: Math.ceil(decisions / Object.keys(MODES).length),
      seed,
      onDay(sofar, verdict, daySeed) {
        for (const finding of verdict.findings)
          process.stderr.write(`${mode}, day ${daySeed}: ${finding}\n`);
        if (sofar.decisions - shown < 1_000) return;
        shown = sofar.decisions;
        process.stderr.write(`${mode}: ${shown} decisions\n`);
      },
    });
    process.stdout.write(`${line(mode, totals)}\n`);
    bad += mistakes(totals);
  }
  return bad;
}

const line = (mode: string, totals: Totals): string =>
  `${mode}: ${totals.decisions} decisions, lost ${totals.lost}, doubled ${totals.doubled}, ` +
  `wrong patient ${totals.wrongPatient}, wrong content ${totals.wrongContent}, ` +
  `stuck ${totals.stuck}; copies left for readers to count once: ${totals.surplus}`;

function whole(text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  process.stderr.write(`Not a whole number: ${text}\nnpm run soak -- --decisions N --seed S\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: { decisions: { type: 'string' }, seed: { type: 'string' } },
});
const seed = whole(values.seed, Date.now() % 1_000_000);
process.stderr.write(`seed ${seed}\n`);
process.exitCode = (await soak(whole(values.decisions, 30_000), seed)) === 0 ? 0 : 1;
