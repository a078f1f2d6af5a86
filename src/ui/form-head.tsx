import { Button } from './button.tsx';
import classes from './form-head.module.css';

export interface FormHeadProps {
  /** By which the form is named. */
  readonly id: string;
  readonly title: string;
  readonly onBack: () => void;
}

/** What a form in a card asks, and the way out of it. */
export const FormHead = ({ id, title, onBack }: FormHeadProps) => (
  <div className={classes.head}>
    <h4 className={classes.heading} id={id}>
      {title}
    </h4>
    <Button look="quiet" onClick={onBack}>
      Back
    </Button>
  </div>
);
