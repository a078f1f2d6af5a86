import classes from './synthetic-note.module.css';

/** For pages that show no single patient: nothing on them is about anybody. */
export const SyntheticNote = () => (
  <p className={classes.note}>Synthetic data: every patient is invented.</p>
);
