import { useState } from 'react';
import { type ConnectionReport, reportAsJson } from '#src/domain/connection/report.ts';
import { reportAsText } from '#src/domain/connection/report-text.ts';
import { vendorFile } from '#src/domain/connection/vendor-file.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import page from '#src/ui/page.module.css';
import { saveFile } from '#src/ui/save-file.ts';
import classes from './connection-screen.module.css';

/** What to do with what was found: settings, losses, and the report as files. */
export function ReportSection({ report }: { readonly report: ConnectionReport }) {
  const { advice, losses, stays } = report;
  return (
    <>
      {stays.length > 0 && (
        <Notice title="Test answers stay on the server: have them removed" tone="error">
          <ul>
            {stays.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Notice>
      )}
      {advice.length > 0 && (
        <section aria-labelledby="advice" className={classes.section}>
          <h2 className={classes.heading} id="advice">
            Proven settings for config.json
          </h2>
          <ul>
            {advice.map(({ setting, value, why }) => (
              <li key={setting}>
                <code>
                  "{setting}": {JSON.stringify(value)}
                </code>{' '}
                – {why}
              </li>
            ))}
          </ul>
        </section>
      )}
      {losses.map(({ sink, name, required, cannot }) => (
        <section aria-labelledby={`lost-${sink}`} className={classes.section} key={sink}>
          <h2 className={classes.heading} id={`lost-${sink}`}>
            What “{name}” cannot carry{required ? '' : ' (optional)'}
          </h2>
          {cannot.length === 0 ? (
            <p>Nothing: it takes all that the app records.</p>
          ) : (
            <ul>
              {cannot.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
      <Files report={report} />
    </>
  );
}

function Files({ report }: { readonly report: ConnectionReport }) {
  const [copied, setCopied] = useState('');
  const text = () => reportAsText(report);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied('Copied.');
    } catch {
      // A frame often may not: then it is a file.
      saveFile('connection-check.txt', 'text/plain', text());
      setCopied('This page may not copy here: saved as a file.');
    }
  };
  return (
    <section aria-labelledby="files" className={classes.section}>
      <h2 className={classes.heading} id="files">
        The report
      </h2>
      <p>No file holds a token, a patient or the server’s own words.</p>
      <div className={page.actions}>
        <Button onClick={() => void copy()}>Copy as text</Button>
        <Button
          onClick={() =>
            saveFile('connection-check.json', 'application/json', reportAsJson(report))
          }
        >
          Save as JSON
        </Button>
        <Button
          onClick={() => saveFile('connection-check-vendor.txt', 'text/plain', vendorFile(report))}
        >
          Save the file for the vendor
        </Button>
      </div>
      <p aria-live="polite">{copied}</p>
    </section>
  );
}
