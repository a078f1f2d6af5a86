import { Button } from '#src/ui/button.tsx';
import { latePart } from '#src/ui/late-part.ts';
import { Notice } from '#src/ui/notice.tsx';

/** What a click opens: not part of the launch, and there before the first click. */
export const lateForms = latePart(async () => {
  const [{ AnswerForm }, { CommentEditor }] = await Promise.all([
    import('./answer-forms.tsx'),
    import('./comment-editor.tsx'),
  ]);
  return { AnswerForm, CommentEditor };
});

export interface FormsMissingProps {
  readonly failed: boolean;
  readonly onClose: () => void;
}

/** In place of a form that is not there: nearly always for the blink of an eye. */
export function FormsMissing({ failed, onClose }: FormsMissingProps) {
  if (!failed) return <p role="status">Loading…</p>;
  return (
    <Notice
      actions={
        <>
          <Button onClick={() => void lateForms.load()}>Try again</Button>
          <Button look="quiet" onClick={onClose}>
            Back
          </Button>
        </>
      }
      alert
      title="This part of the app could not be loaded"
      tone="error"
    >
      <p>Nothing was recorded. Accept works; for the rest there must be a connection.</p>
    </Notice>
  );
}
