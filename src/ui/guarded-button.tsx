import { type KeyboardEvent, useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';

/** Shorter than a decision, longer than a double click or a key that is still held. */
export const ARMING_MS = 500;

/**
 * False for half a second after `key` changed: whatever just appeared, or moved, under a cursor or a
 * resting finger cannot be what the clinician meant to press.
 */
export function useArmed(key: string): boolean {
  const [armedKey, setArmedKey] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setArmedKey(key), ARMING_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return armedKey === key;
}

export interface GuardedButtonProps extends Omit<ButtonProps, 'onClick' | 'onKeyDown'> {
  readonly armed: boolean;
  readonly onActivate: () => void;
}

const pressedByRepeat = (event: KeyboardEvent): boolean =>
  event.repeat && (event.key === 'Enter' || event.key === ' ');

/** A button that records a decision: not before it is armed, and never by a key that is held down. */
export function GuardedButton({ armed, onActivate, ...rest }: GuardedButtonProps) {
  return (
    <Button
      {...rest}
      aria-disabled={armed ? undefined : true}
      onKeyDown={(event) => {
        if (pressedByRepeat(event)) event.preventDefault();
      }}
      onClick={() => {
        if (armed) onActivate();
      }}
    />
  );
}
