import { ServerSignIn, type ServerSignInProps } from '#src/ui/server-sign-in.tsx';
import classes from './export.module.css';

/** Who exports is recorded, so the page begins with a sign-in, and without a patient. */
export const SignInScreen = (props: ServerSignInProps) => (
  <ServerSignIn
    {...props}
    className={classes.page}
    heading="Research export"
    title="Research export"
  >
    <p className={classes.more}>
      Sign in to the server that holds the answers. No patient is opened. Every export is recorded
      there with your name.
    </p>
  </ServerSignIn>
);
