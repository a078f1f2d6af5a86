import styles from './not-opened.module.css';
import type { Unopened } from './open-session.ts';

/** Nothing could be opened: says why, and what the person in front of it can do. */
export function NotOpened({ why }: { readonly why: Unopened }) {
  return (
    <main className={styles.page}>
      <div role="alert">
        <h1 className={styles.title}>{why.title}</h1>
        <p>{why.message}</p>
        {why.details.length > 0 && (
          <ul>
            {why.details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}
