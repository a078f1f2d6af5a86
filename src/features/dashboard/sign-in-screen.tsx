import { ServerSignIn, type ServerSignInProps } from '#src/ui/server-sign-in.tsx';
import classes from './dashboard-screen.module.css';

/** Figures are for who may see them: the dashboard opens with a sign-in, and without a patient. */
export const SignInScreen = (props: ServerSignInProps) => (
  <ServerSignIn
    {...props}
    className={classes.page}
    heading="AI recommendations: what clinicians do with them"
    title="Dashboard"
  >
    <p className={classes.where}>
      Sign in to the server that holds the figures. No patient is opened, and the address keeps the
      view that you were sent.
    </p>
  </ServerSignIn>
);
