import { Button } from '#src/ui/button.tsx';
import type { OneAtATime } from './use-one-at-a-time.ts';
import classes from './waiting-dialog.module.css';
import type { WaitingDialogProps } from './waiting-props.ts';

interface HelpDeskProps extends WaitingDialogProps {
  readonly work: OneAtATime;
}

/** A file that can be handed on; it says beforehand what will be in it. */
export function HelpDesk({ actions, encrypted, work }: HelpDeskProps) {
  const save = async () => {
    await actions.saveFile();
    return 'The file is in your downloads.';
  };
  return (
    <div className={classes.desk}>
      <Button disabled={work.busy} onClick={() => work.run(save)}>
        Save a file for the help desk
      </Button>
      <p>
        {encrypted
          ? 'It holds your waiting answers, encrypted: only the help desk can open it.'
          : 'It holds times and results of the attempts, and nothing about patients.'}
      </p>
    </div>
  );
}
