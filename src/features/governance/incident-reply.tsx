import { useRef, useState } from 'react';
import { useGovernanceDeps } from '#src/state/governance-deps.ts';
import { useReply } from '#src/state/governance-incidents.ts';
import { useRights } from '#src/state/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from './governance.module.css';
import type { IncidentCardProps } from './incident-card.tsx';
import { failureWords } from './words.ts';

/** Words that the reporter sees in the app. */
export function IncidentReply({ incident }: Pick<IncidentCardProps, 'incident'>) {
  const { newId, timestamp } = useGovernanceDeps();
  const { may } = useRights();
  const [words, setWords] = useState('');
  // Once for one text: sent twice, the reporter reads it once.
  const act = useRef<{ readonly id: string; readonly at: string; readonly words: string }>(
    undefined,
  );
  const reply = useReply();
  if (!may('reply-to-reporter') || incident.reporter === undefined) return null;
  const send = () => {
    const said = words.trim();
    if (act.current?.words !== said) act.current = { id: newId(), at: timestamp(), words: said };
    reply.mutate({ incident, ...act.current }, { onSuccess: () => setWords('') });
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
