import type { ReactNode } from 'react';
import classes from './badge.module.css';

export interface BadgeProps {
  readonly tone?: 'plain' | 'ai' | 'clinician' | 'warn' | 'danger';
  readonly title?: string;
  readonly children: ReactNode;
}

export function Badge({ tone = 'plain', title, children }: BadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
