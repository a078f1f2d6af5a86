import type { ReactNode } from 'react';
import type { CheckResult, CheckStatus, ResultsOfGroup } from '#src/domain/connection/check.ts';
import { CheckIcon, CrossIcon, InfoIcon, WarningIcon } from '#src/ui/icons.tsx';
import { VisuallyHidden } from '#src/ui/visually-hidden.tsx';
import classes from './check-table.module.css';

const STATUS: Readonly<Record<CheckStatus, { readonly word: string; readonly icon: ReactNode }>> = {
  pass: { word: 'Passed', icon: <CheckIcon /> },
  warn: { word: 'Warning', icon: <WarningIcon /> },
  fail: { word: 'Failed', icon: <CrossIcon /> },
  skipped: { word: 'Skipped', icon: <InfoIcon /> },
};

/** One group of checks. Two columns, so that it is a table at 320 px too. */
export function CheckTable({ heading, results }: ResultsOfGroup) {
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{heading}</caption>
      <thead>
        <tr>
          <th scope="col">
            <VisuallyHidden>Result</VisuallyHidden>
          </th>
          <th scope="col">
            <VisuallyHidden>Check</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <CheckRow key={result.id} {...result} />
        ))}
      </tbody>
    </table>
  );
}

function CheckRow({ id, title, status, seen, cure, serverSaid }: CheckResult) {
  const { word, icon } = STATUS[status];
  return (
    <tr id={id}>
      <td className={classes.status} data-status={status}>
        <span className={classes.word}>
          {icon}
          {word}
        </span>
      </td>
      <th className={classes.check} scope="row">
        <span className={classes.title}>{title}</span>
        <span className={classes.seen}>{seen}</span>
        {cure === undefined ? null : <span className={classes.cure}>{cure}</span>}
        {serverSaid === undefined ? null : (
          <details className={classes.said}>
            <summary>What the server said (may name a patient; in no file)</summary>
            {serverSaid}
          </details>
        )}
      </th>
    </tr>
  );
}
