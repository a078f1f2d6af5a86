import { ServerSignIn, type ServerSignInProps } from '#src/ui/server-sign-in.tsx';
import classes from './governance.module.css';

/** Who acts on a model is recorded, so the page begins with a sign-in, and without a patient. */
export const SignInScreen = (props: ServerSignInProps) => (
  <ServerSignIn {...props} className={classes.page} heading="AI governance" title="Governance">
    <p className={classes.more}>
      Sign in to the server that holds the registry of models. No patient is opened. Everything that
      you decide is recorded there with your name.
    </p>
  </ServerSignIn>
);
