import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  readonly tone?: 'plain' | 'error';
  readonly onRetry?: () => void;
  readonly children: ReactNode;
}

export function Notice({ tone = 'plain', onRetry, children }: NoticeProps) {
  return (
    <div className={styles.notice} role={tone === 'error' ? 'alert' : 'status'} data-tone={tone}>
      <p>{children}</p>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
