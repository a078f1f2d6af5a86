import { launchAddress } from '#tests/support/launch-address.ts';
import { expect, test } from './stage.ts';

test.describe('how a launch may come', () => {
  test('for one recommendation: that card is open, the order stays the producer’s', async ({
    page,
    stage,
  }) => {
    const order = async () => page.getByRole('article').allTextContents();
    await page.goto(await launchAddress(stage, { patient: 'nine' }));
    await expect(page.getByRole('article').first()).toBeVisible();
    const usual = await order();
    const last = stage.sandbox
      .list('RiskAssessment')
      .findLast(
        (one) =>
          one.subject.reference === 'Patient/nine' &&
          one.performer?.reference?.includes('readmission'),
      );
    await page.goto(
      await launchAddress(stage, {
        patient: 'nine',
        fhirContext: [{ reference: `RiskAssessment/${last?.id}` }],
      }),
    );
    const open = page
      .getByRole('article')
      .filter({ has: page.getByRole('button', { name: 'Accept', exact: true }) });
    await expect(open).toHaveCount(1);
    await expect(open).toContainText(last?.code?.text ?? '');
    expect((await order()).length).toBe(usual.length);
  });

  test('standalone: the server asks for user and patient', async ({ page, stage }) => {
    await page.goto(`${stage.appUrl}launch.html?iss=${encodeURIComponent(stage.fhirUrl)}`);
    await page.getByLabel('Patient').selectOption('sepsis');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
    await expect(page.getByRole('article').first()).toBeVisible();
  });

  test('an EHR in dark colours makes the app dark, under the same strict policy', async ({
    page,
    stage,
  }) => {
    await page.route('**/auth/style.json', (route) =>
      route.fulfill({
        json: { color_background: '#101820' },
        headers: { 'access-control-allow-origin': '*' },
      }),
    );
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await expect(page.getByRole('article').first()).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-color-scheme', 'dark');
  });

  test('with a banner in the EHR: ours is smaller, and still says whose chart it is', async ({
    page,
    stage,
  }) => {
    await page.goto(await launchAddress(stage, { patient: 'sepsis', needPatientBanner: false }));
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
  });
});

test.describe('launches that are refused, in words', () => {
  for (const [name, query, words] of [
    [
      'an unknown issuer',
      '?iss=https://evil.test/fhir&launch=x',
      'not set up for the server https://evil.test',
    ],
    ['a look-alike issuer', '?iss=ISS.evil.test/fhir&launch=x', 'not set up'],
    ['no issuer', '', 'without a (single) EHR address'],
    ['two issuers', '?iss=ISS&iss=https://evil.test/fhir', 'without a (single) EHR address'],
    ['a server without sign-in', '?iss=ISS&fhirServiceUrl=https://evil.test', 'without signing in'],
    ['a script as issuer', '?iss=javascript:alert(1)', 'not set up'],
  ] as const) {
    test(name, async ({ page, stage }) => {
      const foreign: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('evil.test') && !request.url().startsWith(stage.appUrl))
          foreign.push(request.url());
      });
      const address = query.replaceAll('ISS', encodeURIComponent(stage.fhirUrl));
      await page.goto(`${stage.appUrl}launch.html${address}`);
      await expect(page.getByRole('alert')).toContainText(words);
      expect(foreign).toEqual([]);
    });
  }

  test('a page opened by hand offers the way in', async ({ page, stage }) => {
    await page.goto(stage.appUrl);
    await expect(page.getByRole('alert')).toContainText('no launch to continue');
    await expect(page.getByRole('link', { name: 'Sandbox EHR' })).toBeVisible();
  });

  test('a code that was used before is refused, and the address bar keeps none', async ({
    page,
    stage,
  }) => {
    let callback = '';
    page.on('request', (request) => {
      if (request.url().includes('index.html?') && request.url().includes('code='))
        callback = request.url();
    });
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await expect(page.getByRole('region', { name: 'Patient' })).toBeVisible();
    expect(page.url()).not.toContain('code=');
    const stranger = await page.context().browser()?.newPage();
    await stranger?.goto(callback);
    await expect(stranger?.getByRole('alert') ?? page.locator('none')).toContainText(
      'no launch to continue',
    );
    await stranger?.close();
  });
});
