import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isVisible,
  LIFECYCLE,
  type LifecycleState,
  mayMove,
  movesFrom,
  movesFromAny,
  originOf,
  peopleNeeded,
  VISIBLE,
} from '#src/domain/governance/lifecycle/lifecycle.ts';
import { decisionProblem } from '#src/domain/governance/lifecycle/transition.ts';
import type { StandingCode } from '#src/domain/governance/model-state.ts';

const ALL: readonly StandingCode[] = [...LIFECYCLE, 'unknown', 'expired', 'unread'];
const PEOPLE = ['Practitioner/a', 'Practitioner/b', 'Practitioner/c'] as const;

interface Step {
  readonly to: LifecycleState;
  readonly proposer: string;
  readonly decider: string;
}

const step: fc.Arbitrary<Step> = fc.record({
  to: fc.constantFrom(...LIFECYCLE),
  proposer: fc.constantFrom(...PEOPLE),
  decider: fc.constantFrom(...PEOPLE),
});

/** What comes of a step: the rules of the page, and nothing else. */
function stepped(from: StandingCode, { to, proposer, decider }: Step): StandingCode {
  if (!mayMove(from, to)) return from;
  if (peopleNeeded(to) === 1) return to;
  const proposal = { proposedBy: proposer, status: 'requested' as const, to };
  return decisionProblem(proposal, [decider]) === undefined ? to : from;
}

describe('the lifecycle of a model version', () => {
  it('nothing becomes visible without two people, whatever is tried in whatever order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.array(step, { maxLength: 40 }), (start, steps) => {
        let state = start;
        for (const one of steps) {
          const next = stepped(state, one);
          const seen = VISIBLE.some((visible) => visible === next);
          if (seen && next !== state) expect(one.proposer).not.toBe(one.decider);
          state = next;
        }
      }),
    );
  });

  it('one person alone, in any number of steps, makes no model visible', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL.filter((one) => !VISIBLE.some((visible) => visible === one))),
        fc.array(fc.constantFrom(...LIFECYCLE), { maxLength: 30 }),
        (start, path) => {
          const alone = PEOPLE[0];
          const end = path.reduce<StandingCode>(
            (state, to) => stepped(state, { to, proposer: alone, decider: alone }),
            start,
          );
          expect(VISIBLE.some((visible) => visible === end)).toBe(false);
        },
      ),
    );
  });

  it('whatever clinicians may see can be suspended at once by one person', () => {
    for (const state of [...VISIBLE, 'unknown', 'expired', 'unread'] as const)
      expect(mayMove(state, 'suspended'), state).toBe(true);
    expect(peopleNeeded('suspended')).toBe(1);
  });

  it('what is retired stays so, and everything else can be retired', () => {
    expect(movesFrom('retired')).toEqual([]);
    for (const state of ALL.filter((one) => one !== 'retired'))
      expect(mayMove(state, 'retired'), state).toBe(true);
  });

  it('a new model is seen by nobody before it was validated and ran silently', () => {
    const before = (to: LifecycleState) => LIFECYCLE.filter((one) => mayMove(one, to));
    expect(before('validated')).toEqual(['proposed']);
    expect(movesFrom('validated').filter(isVisible)).toEqual([]);
    expect(movesFrom('silent').filter(isVisible)).toEqual(['pilot']);
  });

  it('a pilot in one unit leads on although elsewhere it is silent; a place alone leads where it did', () => {
    const standing = ['silent', 'pilot'] as const;
    expect(movesFrom('silent')).not.toContain('active');
    expect(movesFromAny(standing)).toContain('active');
    expect(originOf(standing, 'active')).toBe('pilot');
    expect(originOf(standing, 'pilot')).toBe('silent');
    for (const from of ALL) {
      expect(movesFromAny([from])).toEqual(LIFECYCLE.filter((to) => mayMove(from, to)));
      expect(originOf([from], 'retired')).toBe(from);
    }
  });
});
