import { useState } from 'react';
import {
  type DataRequest,
  decidingProblem,
} from '#src/domain/governance/feedback/training-data.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useDecideData, useNameExport } from '#src/state/governance/training-data.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Badge } from '#src/ui/badge.tsx';
import { Button } from '#src/ui/button.tsx';
import { Field } from '#src/ui/field.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { failureWords, timeWords } from '../words.ts';

export interface DataRequestCardProps {
  readonly request: DataRequest;
  readonly title: string;
  readonly nameOf: NameOf;
}

const STATUS_WORDS: Readonly<Record<DataRequest['status'], string>> = {
  requested: 'Waits for approval',
  approved: 'Approved, not exported',
  declined: 'Declined',
  exported: 'Exported',
};

/** One request with its decision and its export. */
export function DataRequestCard({ request, title, nameOf }: DataRequestCardProps) {
  const { by, at, purpose, decidedBy, decision, manifest, status } = request;
  return (
    <article aria-label={`Data: ${title}`} className={classes.card}>
      <header className={classes.top}>
        <h3 className={classes.name}>{title}</h3>
        <Badge tone={status === 'requested' ? 'warn' : 'plain'}>{STATUS_WORDS[status]}</Badge>
      </header>
      <p className={classes.more}>
        {nameOf(by)}, {timeWords(at)}: {purpose}
      </p>
      {decidedBy !== undefined && (
        <p className={classes.more}>
          {nameOf(decidedBy)}: {decision}
        </p>
      )}
      {manifest !== undefined && <p className={classes.more}>manifest.json, SHA-256: {manifest}</p>}
      <Decide request={request} />
      <NameExport request={request} />
    </article>
  );
}

type Props = Pick<DataRequestCardProps, 'request'>;

function Decide({ request }: Props) {
  const { person } = useGovernanceDeps();
  const { may } = useRights();
  const [words, setWords] = useState('');
  const decide = useDecideData();
  if (request.status !== 'requested' || !may('approve')) return null;
  const problem = decidingProblem(request, person.names);
  if (problem !== undefined) return <p className={classes.more}>{problem}</p>;
  return (
    <>
      <TextBox label="Which approval, or why not" onChange={setWords} value={words} />
      <div className={classes.line}>
        {([true, false] as const).map((approved) => (
          <Button
            disabled={words.trim() === '' || decide.isPending}
            key={String(approved)}
            onClick={() => decide.mutate({ request, approved, words: words.trim() })}
          >
            {approved ? 'Approve the export' : 'Decline the export'}
          </Button>
        ))}
        {decide.error && <p role="alert">{failureWords(decide.error)}</p>}
      </div>
    </>
  );
}

function NameExport({ request }: Props) {
  const { may } = useRights();
  const [manifest, setManifest] = useState('');
  const name = useNameExport();
  if (request.status !== 'approved' || !may('ask-for-data')) return null;
  return (
    <>
      <Field label="SHA-256 of manifest.json" onType={setManifest} value={manifest} />
      <div className={classes.line}>
        <Button
          disabled={manifest === '' || name.isPending}
          onClick={() => name.mutate({ request, manifest: manifest.trim().toLowerCase() })}
        >
          This is the export
        </Button>
        {name.error && <p role="alert">{failureWords(name.error)}</p>}
      </div>
    </>
  );
}
