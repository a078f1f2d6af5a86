import type { ComponentProps } from 'react';
import classes from './button.module.css';
import { cx } from './cx.ts';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly look?: 'outline' | 'large' | 'quiet';
  readonly tone?: 'link' | 'plain' | 'danger';
}

export function Button({ look = 'outline', tone = 'link', className, ...rest }: ButtonProps) {
  return (
    <button
      className={cx(classes.button, className)}
      data-look={look}
      data-tone={tone}
      type="button"
      {...rest}
    />
  );
}
