import type { ReactNode } from 'react';
import { InfoIcon, WarningIcon } from './icons.tsx';
import classes from './notice.module.css';

export interface NoticeProps {
  readonly tone: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Interrupts a screen reader; only for what stops the work. */
  readonly alert?: boolean;
}

export function Notice({ tone, title, children, actions, alert = false }: NoticeProps) {
  const Icon = tone === 'info' ? InfoIcon : WarningIcon;
  return (
    <div className={classes.notice} data-tone={tone} role={alert ? 'alert' : undefined}>
      <Icon className={classes.icon} />
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        {children}
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </div>
  );
}
