import { useState } from 'react';
import type { CardAnswer } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { clipText } from '#src/ui/format/text.ts';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from './comment-editor.module.css';
import type { ReviewContext } from './review-context.ts';
import type { CardFlow } from './use-card-flow.ts';

export interface CommentEditorProps {
  readonly mine: CardAnswer;
  readonly context: ReviewContext;
  readonly flow: CardFlow;
}

const TOO_LATE = 'Already sent. Use “Change answer” to add the comment.';

/** A comment after the answer, while the answer is still on this device. */
export function CommentEditor({ mine, context, flow }: CommentEditorProps) {
  const saved = mine.answer.comment ?? '';
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(saved);
  if (!open) {
    return (
      <p className={classes.line}>
        {saved ? `“${clipText(saved, 2000)}” ` : ''}
        <Button look="quiet" onClick={() => setOpen(true)}>
          {saved ? 'Change the comment' : 'Add a comment'}
        </Button>
      </p>
    );
  }
  const save = async () => {
    const kept = await context.actions.edit(mine.answer.id, { comment: text.trim() });
    if (!kept) throw new Error(TOO_LATE);
    setOpen(false);
  };
  return (
    <div className={classes.editor}>
      <TextBox label="Comment" onChange={setText} value={text} />
      <div className={classes.buttons}>
        <Button disabled={flow.busy} onClick={() => flow.run(save, 'answered')}>
          Save comment
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
