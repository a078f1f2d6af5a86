import classes from './legend.module.css';

export interface LegendProps {
  readonly entries: readonly {
    readonly look: 'first' | 'second' | 'third';
    readonly words: string;
  }[];
}

/** Keys to lines and dots: colour, shape and dash, each of which would do alone. */
export function Legend({ entries }: LegendProps) {
  return (
    <ul className={classes.legend}>
      {entries.map(({ look, words }) => (
        <li key={words}>
          <svg aria-hidden="true" className={classes.key} data-look={look} viewBox="0 0 26 10">
            <line x1="0" x2="26" y1="5" y2="5" />
            {look === 'first' && <circle cx="13" cy="5" r="3.25" />}
            {look === 'second' && <path d="M13 1 L17 8.5 L9 8.5 Z" />}
            {look === 'third' && <rect height="6" width="6" x="10" y="2" />}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}
