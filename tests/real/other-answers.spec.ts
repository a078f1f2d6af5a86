import type { Locator, Page } from '@playwright/test';
import type { Observation } from 'fhir/r4';
import { validateAgainstR4AndProfiles } from '#tests/support/validation/validate.ts';
import { recommend } from './chart.ts';
import { expect, type Real, test } from './real.ts';

interface Opened {
  readonly card: Locator;
  /** What was stored about it, oldest first; each is valid. */
  answers(): Promise<Observation[]>;
}

async function open(page: Page, { server, chart, launchUrl }: Real): Promise<Opened> {
  const name = `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
  const recommendation = await recommend(server, chart, name);
  await page.goto(await launchUrl());
  return {
    card: page.getByRole('article', { name }),
    answers: async () => {
      const all = await server.feedback('recommendation-response', chart.patient, recommendation);
      expect(all.flatMap((one) => validateAgainstR4AndProfiles(one))).toEqual([]);
      return all;
    },
  };
}

const codeOf = (answer: Observation | undefined) => answer?.valueCodeableConcept?.coding?.[0]?.code;
const sent = (card: Locator) => expect(card.getByRole('status')).toContainText('Sent');

test('accept with changes says what was done instead', async ({ page, real }) => {
  const { card, answers } = await open(page, real);
  await card.getByRole('button', { name: 'Accept with changes' }).click();
  await card.getByRole('textbox', { name: 'What was done instead' }).fill('A call on Monday');
  await card.getByRole('button', { name: /^Save/ }).click();
  await sent(card);
  const [answer] = await answers();
  expect(codeOf(answer)).toBe('accepted-modified');
  expect(answer?.note?.map(({ text }) => text).join()).toContain('A call on Monday');
});

test('defer names a time to come back', async ({ page, real }) => {
  const { card, answers } = await open(page, real);
  await card.getByRole('button', { name: 'Defer', exact: true }).click();
  await card
    .getByRole('button', { name: /^(In )?\d+ (min|h)/ })
    .first()
    .click();
  await sent(card);
  const [answer] = await answers();
  expect(codeOf(answer)).toBe('deferred');
  const until = answer?.component?.find((one) => one.code.coding?.[0]?.code === 'deferred-until');
  expect(Date.parse(until?.valueDateTime ?? '')).toBeGreaterThan(
    Date.parse(answer?.effectiveDateTime ?? ''),
  );
});

test('a change of mind is a new answer that replaces the earlier one', async ({ page, real }) => {
  const { card, answers } = await open(page, real);
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await sent(card);
  await card.getByRole('button', { name: 'Change answer' }).click();
  await card.getByRole('button', { name: 'Override', exact: true }).click();
  const reasons = card.getByRole('group', { name: 'Reason for override' });
  await reasons.getByRole('button', { name: 'Already arranged' }).click();
  await expect.poll(() => answers().then((all) => all.length)).toBe(2);
  const all = await answers();
  const first = all.find((one) => codeOf(one) === 'accepted');
  const second = all.find((one) => codeOf(one) === 'overridden');
  const replaces = second?.extension?.find(({ url }) => url.endsWith('/observation-replaces'));
  expect(replaces?.valueReference?.reference).toBe(`Observation/${first?.id}`);
  expect(first?.status).toBe('final');
});
