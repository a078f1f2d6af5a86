import {
  SOURCE_ATTRIBUTES,
  type SourceAttribute,
} from '#src/domain/governance/source-attributes.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';
import classes from '../governance.module.css';
import { attributeCount } from './missing.ts';

/** What is known of a model, by the 31 source attributes and as CHAI’s card has it; gaps are said. */
export function CardSection({ version }: { readonly version: RegisteredVersion }) {
  const { attributes, chai, model } = version;
  const groups = Map.groupBy(SOURCE_ATTRIBUTES, ([, group]) => group);
  return (
    <section aria-labelledby="card" className={classes.stack}>
      <h2 className={classes.heading} id="card">
        Model card
      </h2>
      <p className={classes.more}>
        {model.card === undefined
          ? 'No card is linked to this model.'
          : `Of the source attributes of 45 CFR 170.315(b)(11), the card speaks of ${attributeCount(version)}. This is a view of what is there, and no statement that it is enough.`}
      </p>
      {[...groups].map(([group, all]) => (
        <Group
          entries={all.map(([id, , words]) => [
            words,
            attributes.get(id satisfies SourceAttribute),
          ])}
          key={group}
          title={group}
        />
      ))}
      {chai && <Chai entries={chai} />}
    </section>
  );
}

function Chai({ entries }: { readonly entries: NonNullable<RegisteredVersion['chai']> }) {
  return (
    <>
      <h3 className={classes.name}>As the card of the Coalition for Health AI</h3>
      {[...Map.groupBy(entries, ({ part }) => part)].map(([part, all]) => (
        <Group
          entries={all.map(({ element, text }) => [spaced(element), text])}
          key={part}
          title={part}
        />
      ))}
    </>
  );
}

/** "KnownRisksAndLimitations" as words. */
const spaced = (element: string): string =>
  element.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

interface GroupProps {
  readonly title: string;
  readonly entries: readonly (readonly [name: string, said: string | undefined])[];
}

function Group({ title, entries }: GroupProps) {
  const said = entries.filter(([, text]) => text !== undefined);
  const missing = entries.filter(([, text]) => text === undefined);
  return (
    <details>
      <summary className={classes.summary}>
        {title}: {said.length} of {entries.length}
      </summary>
      <dl className={classes.stack}>
        {said.map(([name, text]) => (
          <div key={name}>
            <dt className={classes.legend}>{name}</dt>
            <dd className={classes.prose}>{text}</dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && (
        <p className={classes.more}>Not said: {missing.map(([name]) => name).join('; ')}.</p>
      )}
    </details>
  );
}
