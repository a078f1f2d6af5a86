import type { ReactNode } from 'react';
import { Notice } from '../parts/notice.tsx';
import type { Loaded } from '../use-load.ts';
import styles from './section.module.css';

interface BoxProps<T> {
  readonly title: string;
  readonly loaded: Loaded<T>;
  readonly onRetry: () => void;
  readonly empty: string;
  readonly isEmpty: (value: T) => boolean;
  readonly children: (value: T) => ReactNode;
}

/** A titled part of the chart, with its waiting, failed and empty states. */
export function Box<T>({ title, loaded, onRetry, empty, isEmpty, children }: BoxProps<T>) {
  return (
    <section className={styles.box}>
      <h3>{title}</h3>
      {loaded.state === 'loading' && <p className={styles.quiet}>Loading…</p>}
      {loaded.state === 'failed' && (
        <Notice tone="error" onRetry={onRetry}>
          {loaded.message}
        </Notice>
      )}
      {loaded.state === 'ready' &&
        (isEmpty(loaded.value) ? <p className={styles.quiet}>{empty}</p> : children(loaded.value))}
    </section>
  );
}
