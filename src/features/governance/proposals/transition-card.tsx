import { useState } from 'react';
import { decisionProblem, type Transition } from '#src/domain/governance/lifecycle/transition.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useDecide, usePutInForce } from '#src/state/governance/transitions.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { failureWords, stateInText, stateWords, timeWords, whoMayWords } from '../words.ts';
import { EvidenceLink } from './evidence-link.tsx';
import { GateList } from './gate-list.tsx';

export interface TransitionCardProps {
  readonly transition: Transition;
  readonly nameOf: NameOf;
  /** Somebody else was faster: the card goes where what they did is, and the words stay here. */
  readonly onLost?: ((words: string) => void) | undefined;
}

const STATUS_WORDS: Readonly<Record<Transition['status'], string>> = {
  requested: 'Waits for a decision',
  approved: 'Approved, and not in force yet',
  'in-force': 'In force',
  declined: 'Declined',
  withdrawn: 'Taken back',
  unknown: 'Not readable',
};

/** One proposal with its evidence; who may decide on it does so here. */
export function TransitionCard({ transition, nameOf, onLost }: TransitionCardProps) {
  const { from, to, scope, reason, until, rollbackVersion, evidence, checklist } = transition;
  const { status, proposedBy, proposedAt, decidedBy, decidedAt, decisionWords } = transition;
  const title = `${stateWords(from)} to ${stateInText(to)}`;
  const places = [
    ...scope.units.map(nameOf),
    ...(scope.site === undefined ? [] : [`site ${scope.site}`]),
    ...scope.clinicians.map((one) => `for ${nameOf(one)}`),
  ];
  return (
    <article aria-label={`Proposal: ${title}`} className={classes.card}>
      <header className={classes.top}>
        <h3 className={classes.name}>{title}</h3>
        <p className={classes.more}>{STATUS_WORDS[status]}</p>
      </header>
      <p>
        {reason} {places.length === 0 ? 'Everywhere.' : `In ${places.join(', ')}.`}
        {until !== undefined && ` Until ${timeWords(until)}.`}
        {rollbackVersion !== undefined && ` Goes back to: ${rollbackVersion}.`}
      </p>
      <p className={classes.more}>
        Proposed by {nameOf(proposedBy)}, {timeWords(proposedAt)}.
        {decidedBy !== undefined &&
          ` Decided by ${nameOf(decidedBy)}, ${timeWords(decidedAt)}.${decisionWords === undefined ? '' : ` ${decisionWords}`}`}
      </p>
      {evidence.length > 0 && (
        <ul className={classes.list}>
          {evidence.map((one) => (
            <li key={one}>
              <EvidenceLink evidence={one} />
            </li>
          ))}
        </ul>
      )}
      <GateList results={checklist} />
      {status === 'requested' && <Deciding onLost={onLost} transition={transition} />}
      {status === 'approved' && <Repair transition={transition} />}
    </article>
  );
}

function Deciding({ transition, onLost }: Pick<TransitionCardProps, 'transition' | 'onLost'>) {
  const { person } = useGovernanceDeps();
  const { may } = useRights();
  const [words, setWords] = useState('');
  const decide = useDecide(onLost);
  const own = person.names.includes(transition.proposedBy);
  const problem = may('approve')
    ? decisionProblem(transition, person.names)
    : `It is decided by ${whoMayWords('approve')}.`;
  const send = (verdict: 'approved' | 'declined' | 'withdrawn') => () =>
    decide.mutate({ transition, verdict, words: words.trim() });
  return (
    <>
      {problem !== undefined && <p className={classes.more}>{problem}</p>}
      {(problem === undefined || own) && (
        <TextBox label="Words to your decision" onChange={setWords} value={words} />
      )}
      <div className={classes.line}>
        {problem === undefined && (
          <>
            <Button disabled={decide.isPending} onClick={send('approved')}>
              Approve
            </Button>
            <Button disabled={decide.isPending || words.trim() === ''} onClick={send('declined')}>
              Decline
            </Button>
          </>
        )}
        {own && (
          <Button disabled={decide.isPending} onClick={send('withdrawn')}>
            Take back
          </Button>
        )}
      </div>
      <Refused error={decide.error} />
    </>
  );
}

/** An approval whose state did not get on record: sending again completes it. */
function Repair({ transition }: { readonly transition: Transition }) {
  const put = usePutInForce();
  return (
    <>
      <div className={classes.line}>
        <Button disabled={put.isPending} onClick={() => put.mutate(transition)}>
          Put in force
        </Button>
      </div>
      <Refused error={put.error} />
    </>
  );
}

const Refused = ({ error }: { readonly error: Error | null }) =>
  error && (
    <Notice alert title="Not decided" tone="error">
      <p>{failureWords(error)}</p>
    </Notice>
  );
