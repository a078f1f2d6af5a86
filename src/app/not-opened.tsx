import { Button } from '#src/ui/button.tsx';
import styles from './not-opened.module.css';
import type { Unopened } from './unopened.ts';

/** Nothing could be opened: says why, and what the person in front of it can do. */
export function NotOpened({ why }: { readonly why: Unopened }) {
  const { title, message, details, tryAgainHelps = false, signIn = [] } = why;
  return (
    <main className={styles.page}>
      <div role="alert">
        <h1 className={styles.title}>{title}</h1>
        <p>{message}</p>
        {details.length > 0 && (
          <ul>
            {details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
        {tryAgainHelps && (
          <p>
            <Button onClick={() => location.reload()}>Try again</Button>
          </p>
        )}
      </div>
      {signIn.length > 0 && (
        <nav aria-label="Sign in without the EHR">
          <p>Or sign in and choose the patient yourself:</p>
          <ul>
            {signIn.map(({ iss, label }) => (
              <li key={iss}>
                <a href={`launch.html?${new URLSearchParams({ iss })}`}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </main>
  );
}
