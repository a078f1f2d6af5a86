import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { watchMarks } from './marks.ts';

export const BUDGET_KB = 190;
const ASSETS = fileURLToPath(new URL('../../dist/app/assets/', import.meta.url));

export interface Part {
  readonly file: string;
  readonly kb: number;
  readonly gzipKb: number;
}

export interface Payload {
  readonly budgetKb: number;
  readonly gzipKb: number;
  /** What the browser fetched until the card could be answered. */
  readonly launch: readonly Part[];
  /** What is loaded when somebody asks for it. */
  readonly later: readonly Part[];
  readonly stylesGzipKb: number;
}

const kb = (bytes: number) => Math.round(bytes / 10) / 100;

function weigh(file: string): Part {
  const body = readFileSync(join(ASSETS, file));
  return { file, kb: kb(body.length), gzipKb: kb(gzipSync(body, { level: 9 }).length) };
}

const sum = (parts: readonly Part[]) =>
  Math.round(parts.reduce((all, one) => all + one.gzipKb, 0) * 100) / 100;

/** Not what the build says is needed: what a browser with an empty cache really asked for. */
export async function measurePayload(browser: Browser, stage: Stage): Promise<Payload> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const marks = await watchMarks(page);
  const asked = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (`${origin}/` === stage.appUrl && pathname.startsWith('/assets/'))
      asked.add(pathname.slice('/assets/'.length));
  });
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  await marks.wait('usable');
  await context.close();
  const all = readdirSync(ASSETS);
  const scripts = all.filter((file) => file.endsWith('.js'));
  const launch = scripts.filter((file) => asked.has(file)).map(weigh);
  const styles = all.filter((file) => file.endsWith('.css') && asked.has(file)).map(weigh);
  return {
    budgetKb: BUDGET_KB,
    gzipKb: sum(launch),
    launch: launch.sort((a, b) => b.gzipKb - a.gzipKb),
    later: scripts.filter((file) => !asked.has(file)).map(weigh),
    stylesGzipKb: sum(styles),
  };
}
