import type { Browser, CDPSession, Page } from '@playwright/test';
import { median, quartiles } from './machine.ts';
import { ARMING_MS, type MarkName, watchMarks } from './marks.ts';
import type { BenchStage } from './stages.ts';

export const THROTTLE = 4;
/** The first launch of a browser, and the next patient with the app's files in its cache. */
const PATIENTS = { cold: 'Open Hanna Kowalska', warm: 'Open Jinho Hwang' } as const;

export interface Run {
  /** From the click to: the card on the screen; nothing moves any more; buttons that react. */
  readonly shown: number;
  readonly settled: number;
  readonly usable: number;
  readonly script: number;
  readonly layout: number;
  readonly busy: number;
}

export interface Launches {
  readonly cold: Run;
  readonly warm: Run;
}

/** A fresh browser context: sign in, open a patient, go back, open another. */
export async function oneRun(
  browser: Browser,
  stage: BenchStage,
  kind: 'app' | 'empty',
  throttle: number,
): Promise<Launches> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const marks = await watchMarks(page);
    await page.goto(stage.ehrUrl);
    await page
      .getByRole('button', { name: /Hospitalist/ })
      .first()
      .click();
    await page.getByRole('button', { name: PATIENTS.cold, exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    const launch = async (button: string): Promise<Run> => {
      marks.clear();
      const before = await metrics(cdp);
      await page.getByRole('button', { name: button, exact: true }).click();
      const at = async (name: MarkName) => await marks.wait(name);
      const last = await at(kind === 'app' ? 'usable' : 'empty-ready');
      const after = await metrics(cdp);
      const click = await at('click');
      const since = (name: MarkName) => (marks.get(name) ?? last) - click;
      const spent = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000;
      return {
        shown: since('shown'),
        settled: last - click - (kind === 'app' ? ARMING_MS : 0),
        usable: last - click,
        script: spent('ScriptDuration'),
        layout: spent('LayoutDuration') + spent('RecalcStyleDuration'),
        busy: spent('TaskDuration'),
      };
    };
    const cold = await launch(PATIENTS.cold);
    await backToList(page);
    return { cold, warm: await launch(PATIENTS.warm) };
  } finally {
    await context.close();
  }
}

async function backToList(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Patient list' }).click();
  await page.waitForTimeout(500);
}

async function metrics(cdp: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics: all } = await cdp.send('Performance.getMetrics');
  return new Map(all.map(({ name, value }) => [name, value]));
}

/** Medians of each part, and the quartiles of the whole. */
export function summary(runs: readonly Run[]) {
  const of = (name: keyof Run) => Math.round(median(runs.map((run) => run[name])));
  return {
    shown: of('shown'),
    settled: of('settled'),
    usable: of('usable'),
    script: of('script'),
    layout: of('layout'),
    busy: of('busy'),
    quartiles: quartiles(runs.map((run) => run.usable)).map(Math.round),
    runs: runs.length,
  };
}

export type Summary = ReturnType<typeof summary>;
