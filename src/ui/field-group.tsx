import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import classes from './field-group.module.css';

/** A named `group` that can be given the keyboard as a whole, without any of its buttons having it. */
export function FieldGroup({ className, ...rest }: ComponentProps<'fieldset'>) {
  return <fieldset className={cx(classes.group, className)} tabIndex={-1} {...rest} />;
}
