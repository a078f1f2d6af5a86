import '#tests/support/dom-gaps.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { LockedWhenIdle } from '#src/app/locked-when-idle.tsx';
import type { OutboxItem } from '#src/domain/delivery.ts';
import { DepsProvider } from '#src/state/deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { UiProvider } from '#src/ui/ui-provider.tsx';
import { answer, item, makeDeps } from '#tests/unit/state/deps.ts';

const MINUTE = 60_000;

interface Panel {
  readonly minutes?: number;
  readonly items?: readonly OutboxItem[];
}

function openPanel({ minutes = 15, items = [] }: Panel = {}) {
  const { deps: made, clock } = makeDeps();
  const deps = {
    ...made,
    config: { ...made.config, lockAfterMinutes: minutes },
    outbox: Object.assign(Object.create(made.outbox), {
      items: () => items,
      reports: () => [],
      subscribe: () => () => undefined,
    }),
    lock: vi.fn(),
    signIn: vi.fn(),
  };
  const client = createQueryClient();
  client.setQueryData([deps.session.issuer, 'p1', 'patient'], { name: 'Maria Rivera' });
  const accept = vi.fn();
  const view = render(
    <UiProvider>
      <QueryClientProvider client={client}>
        <DepsProvider value={deps}>
          <LockedWhenIdle>
            <article>
              Maria Rivera
              <button type="button" onClick={accept}>
                Accept
              </button>
            </article>
          </LockedWhenIdle>
        </DepsProvider>
      </QueryClientProvider>
    </UiProvider>,
  );
  const pass = (ms: number) => act(() => clock.advance(ms));
  return { ...view, deps, clock, client, pass, accept };
}

const shown = () => screen.queryByRole('article') !== null;

describe('a panel that nobody uses', () => {
  it('is open until the configured time, and then shows nothing of the patient', () => {
    const { pass, container } = openPanel();
    pass(15 * MINUTE - 1);
    expect(shown()).toBe(true);
    pass(1);
    expect(shown()).toBe(false);
    expect(container.textContent).not.toContain('Rivera');
    expect(screen.getByRole('alert').textContent).toContain('What you typed is kept');
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Locked' }));
  });

  it('ends its session once, and forgets what it read of the chart', () => {
    const { pass, deps, client } = openPanel();
    pass(14 * MINUTE);
    expect(deps.lock).not.toHaveBeenCalled();
    pass(60 * MINUTE);
    expect(deps.lock).toHaveBeenCalledTimes(1);
    expect(client.getQueryCache().getAll()).toEqual([]);
  });

  it.each(['pointerdown', 'pointermove', 'keydown', 'wheel'])('%s is a use', (name) => {
    const { pass } = openPanel();
    pass(14 * MINUTE);
    fireEvent(document.body, new Event(name, { bubbles: true }));
    pass(14 * MINUTE);
    expect(shown()).toBe(true);
    pass(MINUTE);
    expect(shown()).toBe(false);
  });

  it.each(['focus', 'pageshow', 'visibilitychange', 'mousemove'])(
    '%s is none: the window came back, nobody used the panel',
    (name) => {
      const { pass } = openPanel();
      pass(14 * MINUTE);
      fireEvent(name === 'visibilitychange' ? document : window, new Event(name));
      pass(MINUTE);
      expect(shown()).toBe(false);
    },
  );

  it('a machine that slept is locked by the first look at the clock, before any timer', () => {
    const { clock } = openPanel();
    // The clock jumps, the timers do not run: as after a laptop was closed.
    vi.spyOn(clock, 'now').mockReturnValue(clock.now() + 9 * 60 * MINUTE);
    fireEvent(window, new Event('focus'));
    expect(shown()).toBe(false);
  });

  it.each(['pointerdown', 'keydown'])(
    'the %s that wakes it up decides nothing on the card that was there',
    (name) => {
      const { clock, accept } = openPanel();
      const heard = vi.fn();
      const button = screen.getByRole('button', { name: 'Accept' });
      button.addEventListener(name, heard);
      vi.spyOn(clock, 'now').mockReturnValue(clock.now() + 9 * 60 * MINUTE);
      const event = new Event(name, { bubbles: true, cancelable: true });
      fireEvent(button, event);
      expect([event.defaultPrevented, heard.mock.calls.length]).toEqual([true, 0]);
      expect(shown()).toBe(false);
      fireEvent.click(button);
      expect(accept).not.toHaveBeenCalled();
    },
  );

  it('opens by signing in and by nothing else', () => {
    const { pass, deps } = openPanel();
    pass(15 * MINUTE);
    for (const name of ['pointerdown', 'keydown', 'focus'])
      fireEvent(window, new Event(name, { bubbles: true }));
    pass(60 * MINUTE);
    expect(shown()).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Sign in again' }));
    expect(deps.signIn).toHaveBeenCalledTimes(1);
    expect(shown()).toBe(false);
  });

  it('says how many answers wait, and not about what', () => {
    const items = [
      item(answer('a1'), { state: 'waiting-sign-in', durable: false }),
      item(answer('a2'), { state: 'stored', at: '', reference: 'Observation/1' }),
    ];
    const { pass } = openPanel({ items });
    pass(15 * MINUTE);
    expect(screen.getByRole('alert').textContent).toContain('1 answer is not sent yet');
  });

  it('never locks where the site says 0, and leaves no timer', () => {
    const { pass, clock } = openPanel({ minutes: 0 });
    pass(100 * 60 * MINUTE);
    expect(shown()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('each tab by itself: what is used here keeps nothing open there', () => {
    const here = openPanel();
    const there = openPanel();
    here.pass(14 * MINUTE);
    there.pass(15 * MINUTE);
    expect(here.container.querySelector('article')).not.toBeNull();
    expect(there.container.querySelector('article')).toBeNull();
  });

  it('leaves no timer and no listener behind', () => {
    const { unmount, clock, deps } = openPanel();
    unmount();
    expect(clock.pending).toBe(0);
    fireEvent(window, new Event('focus'));
    expect(deps.lock).not.toHaveBeenCalled();
  });
});
