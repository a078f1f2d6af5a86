import { component, expectValid, responseCode, responsesOf } from './fhir-reader.ts';
import { expect, expectSent, openPatient, signIn, test } from './stage.ts';

const TITLE = /Start the sepsis bundle/;
const SENT = { timeout: 25_000 };

test.use({ movableClock: true });

test.describe('the other answers', () => {
  test('accept with changes says what was done instead', async ({ page, stage }) => {
    await signIn(page, stage);
    const card = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Accept with changes' }).click();
    await card
      .getByRole('textbox', { name: 'What was done instead' })
      .fill('Lactate and cultures now, antibiotics after the urine result');
    await card.getByRole('button', { name: /^Save/ }).click();
    await expect(card.getByText('Recorded. Nothing was ordered.')).toBeVisible();
    await expectSent(page, card);

    const [answer] = await responsesOf(stage, 'sepsis');
    expect(responseCode(answer)).toBe('accepted-modified');
    // Free text stands in a note and nowhere else (fhir-contract.md).
    expect(answer?.note?.map((note) => note.text).join()).toContain('cultures now');
    expectValid(answer);
  });

  test('defer names a time to come back', async ({ page, stage }) => {
    await signIn(page, stage);
    const card = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Defer', exact: true }).click();
    await card
      .getByRole('button', { name: /^(In )?\d+ (min|h)/ })
      .first()
      .click();
    await expectSent(page, card);

    const [answer] = await responsesOf(stage, 'sepsis');
    expect(responseCode(answer)).toBe('deferred');
    const until = component(answer, 'deferred-until')?.valueDateTime ?? '';
    expect(Date.parse(until)).toBeGreaterThan(Date.parse(answer?.effectiveDateTime ?? ''));
    expectValid(answer);
  });
});

test.describe('changes of mind', () => {
  test('undo within ten seconds: never sent', async ({ page, stage }) => {
    await signIn(page, stage);
    const card = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await card.getByRole('button', { name: 'Undo' }).click();
    await expect(card.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
    await page.clock.fastForward(11_000);
    // What comes later is sent, and came alone: the first had its time to follow.
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card.getByRole('button', { name: /I disagree clinically/ }).click();
    await expectSent(page, card);
    const answers = await responsesOf(stage, 'sepsis');
    expect(answers.map(responseCode)).toEqual(['overridden']);
    expect(stage.sandbox.history('Observation', answers[0]?.id ?? '')).toHaveLength(1);
  });

  test('amend files a new answer that replaces the earlier one', async ({ page, stage }) => {
    await signIn(page, stage);
    const card = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expectSent(page, card);
    await card.getByRole('button', { name: 'Change answer' }).click();
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card
      .getByRole('group', { name: 'Reason for override' })
      .getByRole('button', { name: /I disagree clinically/ })
      .click();
    await expect(card.getByText('Overridden').first()).toBeVisible();
    await expectSent(page, card);

    const [first, second] = await responsesOf(stage, 'sepsis');
    expect([first, second].map(responseCode)).toEqual(['accepted', 'overridden']);
    const replaces = second?.extension?.find((one) => one.url.endsWith('/observation-replaces'));
    expect(replaces?.valueReference?.reference).toBe(`Observation/${first?.id}`);
    expect(first?.meta?.versionId).toBe('1'); // Nothing is edited in place.
    expectValid(first);
    expectValid(second);
  });

  test('retract marks it entered in error and keeps the history', async ({ page, stage }) => {
    await signIn(page, stage);
    const card = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expectSent(page, card);
    await card.getByRole('button', { name: 'Retract' }).click();
    await expect(card.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();

    // The taking back goes through the outbox: the screen is ahead of the server.
    const statuses = () =>
      responsesOf(stage, 'sepsis').then((all) => all.map(({ status }) => status));
    await expect.poll(statuses, SENT).toEqual(['entered-in-error']);
    const [answer] = await responsesOf(stage, 'sepsis');
    expect(stage.sandbox.history('Observation', answer?.id ?? '')).toHaveLength(2);
    expectValid(answer);
  });
});

test('the answer is there after a reload, and for a colleague', async ({
  page,
  stage,
  browser,
}) => {
  await signIn(page, stage, /Hospitalist/);
  const card = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
  await card.getByRole('button', { name: 'Override', exact: true }).click();
  await card.getByRole('button', { name: /Already done or ordered/ }).click();
  await expectSent(page, card);

  const colleague = await browser.newPage();
  await signIn(colleague, stage, /Intensivist/);
  const seen = (await openPatient(colleague, 'Hanna Kowalska')).getByRole('article', {
    name: TITLE,
  });
  await expect(seen.getByText('Overridden').first()).toBeVisible();
  await expect(seen.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  await colleague.close();
});

test('leaving the page sends what is held, at once', async ({ page, stage }) => {
  await signIn(page, stage);
  const card = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(card.getByText('Recorded. Nothing was ordered.')).toBeVisible();
  await page.goto('about:blank');
  await expect.poll(() => responsesOf(stage, 'sepsis').then((all) => all.length)).toBe(1);
  expectValid((await responsesOf(stage, 'sepsis'))[0]);
});
