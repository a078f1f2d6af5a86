import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Provenance, Task } from 'fhir/r4';
import { expectValid } from './fhir-reader.ts';
import { expect, type Stage, test } from './stage.ts';

const BASE = 'https://clinician-feedback.example.org/fhir/CodeSystem';
const HOUR_MS = 3_600_000;

const item = (code: string) => ({ coding: [{ system: `${BASE}/feedback-item`, code }] });

/** As the service leaves one, written by hand; hours are from now. */
function putBreach({ sandbox }: Stage, raised: number, acknowledge: number, act: number): void {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  sandbox.put({
    resourceType: 'Task',
    id: 'breach-1',
    status: 'requested',
    intent: 'order',
    priority: 'urgent',
    code: { coding: [{ system: `${BASE}/governance-task`, code: 'escalation' }] },
    description: 'acceptance of displayed in 4 weeks: 20.4 % (15.1 % to 27.0 %), n 240',
    reasonCode: { text: 'Breach: A third of what is shown is followed' },
    focus: { reference: 'Device/ai-sepsis-3' },
    authoredOn: at(raised),
    owner: { reference: 'Practitioner/informatics' },
    restriction: { period: { end: at(acknowledge) } },
    input: [
      { type: item('finding-key'), valueString: 'sla followed breach' },
      { type: item('finding-level'), valueString: 'breach' },
      { type: item('agreed-action'), valueString: 'suspend' },
      { type: item('acknowledge-by'), valueDateTime: at(acknowledge) },
      { type: item('act-by'), valueDateTime: at(act) },
    ],
    output: [
      { type: item('automatic-action'), valueString: 'Sepsis early warning 3.1.0: suspended.' },
      { type: item('committee-told-acknowledge'), valueDateTime: at(-1) },
    ],
  });
}

async function openWorklist(page: Page, stage: Stage, person = 'informatics'): Promise<void> {
  await page.goto(`${stage.appUrl}governance/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByLabel('Clinician').selectOption(person);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Worklist' }).click();
  await expect(page.getByRole('heading', { name: 'Worklist', level: 1 })).toBeVisible();
}

test('a breach that is overdue says so in words; it is taken on, acted on, and both are attested', async ({
  page,
  stage,
}) => {
  putBreach(stage, -30, -5.5, 40);
  await openWorklist(page, stage);
  const card = page.getByRole('article', { name: /A third of what is shown/ });
  await expect(card).toContainText('Acknowledge: overdue by 5 h 30 min');
  await expect(card).toContainText('The committee was told that it is late.');
  await expect(card).toContainText('answers for it (you)');
  await expect(card).toContainText('suspended.');
  await expect(page.getByRole('region', { name: 'Comments to answer' })).toBeVisible();
  await lookAt(page);
  await card.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(card).toContainText(/Act: due in (39 h 59|40 h 0) min/);
  await expect(card.getByRole('button', { name: 'It is done' })).toBeDisabled();
  await card.getByLabel('What is done about it').fill('Threshold raised to 0.7');
  await card.getByRole('button', { name: 'It is done' }).click();
  await page.getByText('Done: 1').click();
  await expect(card.getByRole('list', { name: 'What was said' })).toContainText('Threshold raised');

  const [task] = stage.sandbox.list('Task') as Task[];
  expectValid(task);
  expect(task?.status).toBe('completed');
  expect(task?.owner?.reference).toBe('Practitioner/informatics');
  const attested = (stage.sandbox.list('Provenance') as Provenance[]).filter(({ target }) =>
    target.some(({ reference }) => reference === 'Task/breach-1'),
  );
  expect(attested.map(({ activity }) => activity?.text).toSorted()).toEqual([
    'Escalation: acted on',
    'Escalation: taken on',
  ]);
});

async function lookAt(page: Page): Promise<void> {
  const folder = process.env.PAGE_PICTURES;
  for (const scheme of folder ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of folder ? [320, 480, 1280] : [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
      if (folder)
        await page.screenshot({
          path: `${folder}/worklist-${scheme}-${width}.png`,
          fullPage: true,
        });
    }
  }
}
