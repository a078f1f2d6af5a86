import '#tests/support/dom-gaps.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Bundle, Parameters } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';
import { captureReport } from '#src/domain/outbox/queued-answer.ts';
import { answerLine, patientOf, titleOf } from '#src/features/outbox/answer-line.ts';
import { SafetyConcern } from '#src/features/safety/safety-concern.tsx';
import { DepsProvider } from '#src/state/deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { ARMING_MS } from '#src/ui/guarded-button.tsx';
import { UiProvider } from '#src/ui/ui-provider.tsx';
import { makeCard } from '#tests/support/review-fixtures.ts';
import { aReport } from '#tests/support/safety-reports.ts';
import { type DepsChange, makeDeps, SERVER } from '#tests/unit/state/deps.ts';

const EMPTY = () =>
  new Response(JSON.stringify({ resourceType: 'Bundle', type: 'searchset' }), {
    headers: { 'content-type': 'application/fhir+json' },
  });

afterEach(cleanup);

async function onCard(change: DepsChange = {}, card = makeCard()) {
  const made = makeDeps({ issuer: { hospitalStore: true }, respond: EMPTY, ...change });
  const client = createQueryClient();
  client.setQueryData([SERVER, 'p1', 'patient'], { id: 'p1', displayName: 'RIVERA, Maria' });
  const { ref } = card.detail.recommendation;
  const { server, type, id } = ref;
  client.setQueryData(
    [SERVER, 'p1', 'recommendations'],
    [{ server, type, matches: [{ resourceType: type, id }], included: [], truncated: false }],
  );
  render(
    <UiProvider>
      <QueryClientProvider client={client}>
        <DepsProvider value={made.deps}>
          <SafetyConcern card={card} hidden={false} measures={() => ({ evidenceOpened: true })} />
        </DepsProvider>
      </QueryClientProvider>
    </UiProvider>,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Report a safety concern' }));
  const form = await screen.findByRole('group', { name: 'What happened?' });
  const armed = () => act(() => new Promise((resolve) => setTimeout(resolve, ARMING_MS + 50)));
  return { ...made, user, form, armed };
}

describe('a safety report', () => {
  it('is saved by one press, with what the card showed', async () => {
    const { user, form, armed, deps } = await onCard();
    await armed();
    await user.click(within(form).getByRole('button', { name: /Near miss/ }));
    const said = await screen.findByRole('group', { name: 'Safety report' });
    expect(said.textContent).toContain('Recorded.');
    expect(said.textContent).toContain('It is not in the chart.');
    expect(document.activeElement).toBe(said);
    const [item] = deps.outbox.reports();
    expect(item?.report).toMatchObject({
      what: 'near-miss',
      confidential: false,
      patient: 'Patient/p1',
    });
    const bundle = JSON.parse(item?.report.evidence.json ?? '') as Bundle;
    expect(bundle.entry?.map(({ resource }) => resource?.resourceType)).toEqual([
      'Parameters',
      makeCard().detail.recommendation.ref.type,
    ]);
    const summary = bundle.entry?.[0]?.resource as Parameters;
    const shown = summary.parameter?.find(({ name }) => name === 'shown');
    expect(shown?.part).toContainEqual({ name: 'evidence-opened', valueBoolean: true });
    expect(summary.parameter?.filter(({ name }) => name === 'input')).toHaveLength(
      makeCard().detail.evidence.length,
    );
    expect(deps.outbox.items()).toEqual([]);
  });

  it('is not recorded by a press in the first half second', async () => {
    const { user, form, deps } = await onCard();
    await user.click(within(form).getByRole('button', { name: /Unsafe condition/ }));
    expect(deps.outbox.reports()).toEqual([]);
  });

  it('carries what was added before', async () => {
    const { user, form, armed, deps } = await onCard();
    const inForm = within(form);
    await user.click(inForm.getByRole('button', { name: 'Add details first' }));
    await user.type(
      inForm.getByRole('textbox', { name: 'In your own words' }),
      'Ten times too much',
    );
    await user.selectOptions(inForm.getByRole('combobox', { name: 'NCC MERP category' }), 'D');
    await user.selectOptions(
      inForm.getByRole('combobox', { name: 'Had the AI part in it?' }),
      'unsure',
    );
    await user.selectOptions(inForm.getByRole('combobox', { name: 'How sure are you?' }), 'low');
    // Nobody may withhold a name where the site does not let them.
    expect(inForm.queryByRole('checkbox')).toBeNull();
    await armed();
    await user.click(inForm.getByRole('button', { name: /Reached the patient/ }));
    await screen.findByRole('group', { name: 'Safety report' });
    expect(deps.outbox.reports()[0]?.report).toMatchObject({
      what: 'reached-patient',
      words: 'Ten times too much',
      merp: 'D',
      attribution: { verdict: 'unsure', confidence: 'low' },
    });
  });

  it('is stopped when the sign-in speaks of another patient', async () => {
    const { user, form, armed, deps } = await onCard({ tokenPatientId: 'p2' });
    await armed();
    await user.click(within(form).getByRole('button', { name: /Near miss/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was recorded.');
    expect(deps.outbox.reports()).toEqual([]);
  });

  it('is undone while it is held, and leaves nothing', async () => {
    const { user, form, armed, deps, reported } = await onCard();
    await armed();
    await user.click(within(form).getByRole('button', { name: /Near miss/ }));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(screen.queryByRole('group', { name: 'Safety report' })).toBeNull();
    expect(deps.outbox.reports()[0]?.delivery.state).toBe('retracted');
    expect(reported).toEqual([]);
  });

  it('is listed among what waits as what it is', () => {
    const item = captureReport({
      kind: 'report',
      report: aReport('r'),
      owner: { issuer: SERVER, user: 'Practitioner/me' },
      patient: 'Patient/p1',
      now: 0,
      holdMs: 0,
      order: 1,
      tab: 't',
    });
    expect([titleOf(item), patientOf(item), answerLine(item, [])]).toEqual([
      'Start the sepsis bundle',
      'P One',
      'Safety report',
    ]);
  });

  it('cannot be made where nobody keeps it', async () => {
    const { form } = await onCard({ issuer: { hospitalStore: false } });
    expect(form.textContent).toContain('Safety reports cannot be kept here');
    expect(within(form).queryByRole('button', { name: /Near miss/ })).toBeNull();
  });
});
