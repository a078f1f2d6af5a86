import type { Browser, Request } from '@playwright/test';
import type { DashboardStage } from './stage.ts';

export interface Opening {
  /** From the end of the sign-in to: the signals and the first chart are there. */
  readonly ms: number;
  /** Bodies and headers as they came over the wire, all requests of the page together. */
  readonly bytes: number;
  /** The same of the FHIR server alone. */
  readonly fhirBytes: number;
  readonly requests: number;
}

/** A fresh browser: sign in, and wait for what one looks at first. */
export async function openOnce(browser: Browser, stage: DashboardStage): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const finished: Request[] = [];
    await page.goto(stage.url);
    await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    page.on('requestfinished', (request) => finished.push(request));
    const began = performance.now();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('article').first().waitFor();
    await page.getByRole('figure', { name: 'Advice followed' }).getByRole('img').waitFor();
    const ms = performance.now() - began;
    await page.waitForLoadState('networkidle');
    const sizes = await Promise.all(
      finished.map(async (request) => {
        const { responseBodySize, responseHeadersSize } = await request.sizes();
        const ofFhir = request.url().startsWith(stage.fhirUrl);
        return { bytes: responseBodySize + responseHeadersSize, ofFhir };
      }),
    );
    const sum = (some: typeof sizes) => some.reduce((all, one) => all + one.bytes, 0);
    return {
      ms,
      bytes: sum(sizes),
      fhirBytes: sum(sizes.filter(({ ofFhir }) => ofFhir)),
      requests: sizes.length,
    };
  } finally {
    await context.close();
  }
}
