import { useRef, useState } from 'react';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useReply } from '#src/state/governance/incidents.ts';
import { mayKnowReporter, useReporter } from '#src/state/governance/reporter.ts';
import { useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { failureWords } from '../words.ts';
import type { IncidentCardProps } from './incident-card.tsx';

type Props = Pick<IncidentCardProps, 'incident'>;

/** Words that the reporter sees in the app; where the name is withheld, the safety officer asks for it first. */
export function IncidentReply({ incident }: Props) {
  const { may } = useRights();
  if (!may('reply-to-reporter')) return null;
  return incident.reporter === undefined ? (
    <Withheld incident={incident} />
  ) : (
    <Words incident={incident} to={incident.reporter} />
  );
}

function Withheld({ incident }: Props) {
  const { roles } = useRights();
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching } = useReporter(incident.event, asked);
  const nameOf = useGovernanceNames(data ? [data] : []);
  if (!mayKnowReporter(roles))
    return <p className={classes.more}>The name is withheld: the safety officer can reply.</p>;
  if (data)
    return (
      <>
        <p className={classes.more}>
          Reported by {nameOf(data)}; withheld from all but the safety officer.
        </p>
        <Words incident={incident} to={data} />
      </>
    );
  return (
    <div className={classes.line}>
      <Button disabled={isFetching} onClick={() => setAsked(true)}>
        Find who reported it
      </Button>
      <p className={classes.more} role="status">
        {error && failureWords(error)}
        {data === null &&
          'The server names nobody to you. It may give the name to the safety officer alone, or nobody was named: no reply can be sent from here.'}
      </p>
    </div>
  );
}

function Words({ incident, to }: Props & { readonly to: string }) {
  const { newId, timestamp } = useGovernanceDeps();
  const [words, setWords] = useState('');
  // Once for one text: sent twice, the reporter reads it once.
  const act = useRef<{ readonly id: string; readonly at: string; readonly words: string }>(
    undefined,
  );
  const reply = useReply();
  const send = () => {
    const said = words.trim();
    if (act.current?.words !== said) act.current = { id: newId(), at: timestamp(), words: said };
    reply.mutate({ incident, to, ...act.current }, { onSuccess: () => setWords('') });
  };
  return (
    <section aria-label="Reply to the reporter" className={classes.stack}>
      <TextBox label="Reply to the reporter" onChange={setWords} value={words} />
      <div className={classes.line}>
        <Button disabled={words.trim() === '' || reply.isPending} onClick={send}>
          Send reply
        </Button>
        <p className={classes.more} role="status">
          {reply.isSuccess && words === '' ? 'Sent: the reporter sees it in the app.' : ''}
          {reply.error ? failureWords(reply.error) : ''}
        </p>
      </div>
    </section>
  );
}
