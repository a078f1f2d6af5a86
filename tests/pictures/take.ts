import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { startStage } from '#src/cli/stage.ts';
import { findBrowser } from '#tests/support/browser.ts';
import { buildAll } from '#tests/support/build-all.ts';
import { type Scene, scenes } from './scenes.ts';
import { shrinkPng } from './shrink-png.ts';

// `npm run pictures [name …]`: the pictures of docs/, made from the built app and the sandbox, the
// same every time: fixed seed, fixed clock.
const OUT = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const NOW = Date.parse('2026-10-06T14:20:00-05:00');
const HEIGHTS: Readonly<Record<number, number>> = { 320: 720, 480: 900, 1280: 800 };
/** A whole page is as long as what is on it: no more blank below than this. */
const WHOLE = 420;
const HIDE_MOTION = { animations: 'disabled', caret: 'hide' } as const;

interface Shot {
  readonly scene: Scene;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

const nameOf = ({ scene, width, scheme }: Shot) => `${scene.name}-${width}-${scheme}`;

const wanted = process.argv.slice(2);
const shots: Shot[] = scenes
  .flatMap((scene) =>
    scene.widths.flatMap((width) => scene.schemes.map((scheme) => ({ scene, width, scheme }))),
  )
  .filter((shot) => wanted.length === 0 || wanted.some((part) => nameOf(shot).includes(part)));

mkdirSync(OUT, { recursive: true });
buildAll();
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
});
let failures = 0;
let bytes = 0;
for (const shot of shots) {
  const name = `${nameOf(shot)}.png`;
  try {
    const picture = await take(browser, shot);
    writeFileSync(join(OUT, name), picture);
    bytes += picture.length;
    process.stderr.write(`${name}  ${Math.round(picture.length / 1024)} kB\n`);
  } catch (cause) {
    failures += 1;
    process.stderr.write(`${name}  FAILED: ${String(cause)}\n`);
  }
}
await browser.close();
process.stderr.write(`${shots.length - failures} pictures, ${Math.round(bytes / 1024)} kB\n`);
process.exitCode = failures > 0 ? 1 : 0;

/** A stage of its own for each picture: no picture shows another's answers. */
async function take(on: Browser, { scene, width, scheme }: Shot): Promise<Buffer> {
  const scenario = scene.hospital ? 'hospital' : 'ward';
  const stage = await startStage({ port: 0, seed: 1, now: NOW, scenario });
  const context = await on.newContext({
    viewport: scene.screen ?? { width, height: scene.whole ? WHOLE : (HEIGHTS[width] ?? 800) },
    deviceScaleFactor: 2,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'America/Chicago',
  });
  try {
    await context.clock.install({ time: NOW });
    const page = await context.newPage();
    // The sandbox's own clock is the wall clock; the page must live in the moment of the scenario.
    await page.route('**/ehr/state', async (route) => {
      const response = await route.fetch();
      const state = (await response.json()) as object;
      await route.fulfill({ response, json: { ...state, now: new Date(NOW).toISOString() } });
    });
    page.setDefaultTimeout(20_000);
    await scene.act(page, stage, width);
    // No button looks pointed at, and what sticks to the top of the screen is at the top.
    await page.mouse.move(0, 0);
    if (scene.whole) await page.evaluate(() => scrollTo(0, 0));
    return shrinkPng(await page.screenshot({ ...HIDE_MOTION, fullPage: scene.whole ?? false }));
  } finally {
    await context.close();
    await stage.close();
  }
}
