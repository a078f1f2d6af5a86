import './launch.css';
import { ConfigError, loadConfig } from '#src/io/config/load.ts';
import { authorize, readLaunchUrl } from '#src/io/smart/launch.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';

// launch.html does nothing but this: check the link, then hand over to the EHR's sign-in.
const page = new URL(location.href);

try {
  const parameters = readLaunchUrl(page);
  const config = await loadConfig(fetch);
  location.replace(await authorize(config, parameters, page));
} catch (cause) {
  show(cause);
}

/** Text only: what is in the URL may be hostile. */
function show(cause: unknown): void {
  const main = document.getElementById('launch');
  if (!main) return;
  const heading = document.createElement('h1');
  heading.textContent = 'This app could not be opened';
  const lines = explain(cause).map((line) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    return paragraph;
  });
  const alert = document.createElement('div');
  alert.setAttribute('role', 'alert');
  alert.append(heading, ...lines);
  if (cause instanceof LaunchError && cause.ownWindowHelps) alert.append(ownWindowLink());
  main.replaceChildren(alert);
}

/** A click of the person, so that no blocker stops it; the window shares nothing with this frame. */
function ownWindowLink(): HTMLElement {
  const link = document.createElement('a');
  link.href = page.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.textContent = 'Open in a window of its own';
  return link;
}

function explain(cause: unknown): string[] {
  if (cause instanceof LaunchError) return [cause.message, cause.cure];
  if (cause instanceof ConfigError)
    return [cause.message, ...cause.problems.map((one) => `${one.path}: ${one.message}`)];
  return [
    'The EHR’s sign-in service could not be reached, or does not describe itself as SMART requires.',
    'Try again. If it fails again, ask your informatics team to run the connection check.',
  ];
}
