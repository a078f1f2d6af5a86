import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { UiProvider } from '#src/ui/ui-provider.tsx';
import { Scene } from './scene.tsx';
import { scenes } from './scenes.ts';

const wanted = new URLSearchParams(location.search).get('scene');
const root = document.getElementById('root');

function Contents() {
  return (
    <main>
      <h1>Review screen: states (synthetic)</h1>
      <ul>
        {Object.keys(scenes).map((name) => (
          <li key={name}>
            <a href={`?scene=${name}`}>{name}</a>
          </li>
        ))}
      </ul>
    </main>
  );
}

if (root) {
  createRoot(root).render(
    <StrictMode>
      <UiProvider>{wanted ? <Scene name={wanted} /> : <Contents />}</UiProvider>
    </StrictMode>,
  );
}
