import { Badge } from '#src/ui/badge.tsx';
import { spanWords } from '../incidents/incident-words.ts';

export interface DueProps {
  /** "Acknowledge" */
  readonly what: string;
  /** Epoch ms. */
  readonly due: number;
  readonly now: number;
}

/** When something is due: what is late says so in words and has a shape of its own, besides its colour. */
export function Due({ what, due, now }: DueProps) {
  if (due >= now)
    return (
      <Badge>
        {what}: due in {spanWords(due - now)}
      </Badge>
    );
  return (
    <Badge tone="danger">
      <span aria-hidden="true">▲ </span>
      {what}: overdue by {spanWords(now - due)}
    </Badge>
  );
}
