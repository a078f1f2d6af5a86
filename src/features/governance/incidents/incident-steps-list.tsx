import { useState } from 'react';
import {
  INCIDENT_STEPS,
  type IncidentStep,
  rightFor,
  stepProblem,
} from '#src/domain/governance/incidents/incident-steps.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useAttestStep } from '#src/state/governance/incidents.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { Select } from '#src/ui/select.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { failureWords, timeWords } from '../words.ts';
import type { IncidentCardProps } from './incident-card.tsx';
import { asks, stepName } from './incident-words.ts';

/** What was done, by whom, and the next step for who may take it. */
export function IncidentSteps({
  incident,
  nameOf,
}: Pick<IncidentCardProps, 'incident' | 'nameOf'>) {
  const { person } = useGovernanceDeps();
  const { may } = useRights();
  const [chosen, setChosen] = useState<IncidentStep>();
  const [words, setWords] = useState('');
  const attest = useAttestStep();
  const { steps } = incident;
  const possible = INCIDENT_STEPS.filter(
    (step) => may(rightFor(step)) && stepProblem(step, steps, person.names) === undefined,
  );
  const step =
    possible.find((one) => one === chosen) ??
    possible.find((one) => !steps.some((past) => past.step === one)) ??
    possible[0];
  const closing = stepProblem('closed', steps, person.names);
  return (
    <>
      {steps.length > 0 && (
        <ol aria-label="Steps" className={classes.list}>
          {steps.map((one) => (
            <li key={`${one.step} ${one.at}`}>
              <strong>{stepName(one.step)}</strong> — {nameOf(one.by)}, {timeWords(one.at)}:{' '}
              {one.words}
            </li>
          ))}
        </ol>
      )}
      {closing?.startsWith('You worked') && <p className={classes.more}>{closing}</p>}
      {step !== undefined && (
        <section aria-label="Attest a step" className={classes.stack}>
          <Select
            label="Step"
            onChoose={(value) => setChosen(INCIDENT_STEPS.find((one) => one === value))}
            options={possible.map((one) => [one, stepName(one)])}
            value={step}
          />
          <TextBox label={asks(step)} onChange={setWords} value={words} />
          <div className={classes.line}>
            <Button
              disabled={words.trim() === '' || attest.isPending}
              onClick={() =>
                attest.mutate(
                  { incident, step, words: words.trim() },
                  {
                    onSuccess: () => {
                      setWords('');
                      setChosen(undefined);
                    },
                  },
                )
              }
            >
              Attest: {stepName(step).toLowerCase()}
            </Button>
          </div>
          {attest.error && (
            <Notice alert title="Not on record" tone="error">
              <p>{failureWords(attest.error)}</p>
            </Notice>
          )}
        </section>
      )}
    </>
  );
}
