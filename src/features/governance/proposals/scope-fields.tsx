import { useId } from 'react';
import { EVERYWHERE, type TransitionScope } from '#src/domain/governance/lifecycle/transition.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import type { Places } from '#src/state/governance/use-places.ts';
import { FieldGroup } from '#src/ui/field-group.tsx';
import classes from '../governance.module.css';

export interface ScopeFieldsProps {
  readonly scope: TransitionScope;
  readonly places: Places | undefined;
  readonly nameOf: NameOf;
  readonly disabled: boolean;
  readonly onChange: (scope: TransitionScope) => void;
}

/** Everywhere, at one site, or in some units. */
export function ScopeFields({ scope, places, nameOf, disabled, onChange }: ScopeFieldsProps) {
  const group = useId();
  const { site, units, ...rest } = scope;
  const inUnits = units.length > 0;
  const toggle = (unit: string, on: boolean) =>
    onChange({ ...scope, units: on ? [...units, unit] : units.filter((one) => one !== unit) });
  return (
    <FieldGroup className={classes.options} disabled={disabled}>
      <legend className={classes.legend}>Where</legend>
      <label className={classes.tick}>
        <input
          checked={site === undefined && !inUnits}
          name={group}
          onChange={() => onChange({ ...rest, units: EVERYWHERE.units })}
          type="radio"
        />
        Everywhere
      </label>
      {places?.sites.map((one) => (
        <label className={classes.tick} key={one}>
          <input
            checked={site === one}
            name={group}
            onChange={() => onChange({ ...rest, units: EVERYWHERE.units, site: one })}
            type="radio"
          />
          Site {one}
        </label>
      ))}
      <details>
        <summary className={classes.summary}>
          Only some units{inUnits && ` (${units.length} chosen)`}
        </summary>
        <div className={classes.options}>
          {places?.units.map((unit) => (
            <label className={classes.tick} key={unit}>
              <input
                checked={units.includes(unit)}
                onChange={({ target }) => toggle(unit, target.checked)}
                type="checkbox"
              />
              {nameOf(unit)}
            </label>
          ))}
          {places?.units.length === 0 && (
            <p className={classes.more}>This server names no units.</p>
          )}
        </div>
      </details>
    </FieldGroup>
  );
}
