/** Colours that hold apart in both schemes and for colour-blind readers; shapes and dashes say it too. */
export const INK = {
  first: 'var(--cf-series-1)',
  second: 'var(--cf-series-2)',
  third: 'var(--cf-series-3)',
  muted: 'var(--cf-edge)',
  grid: 'var(--cf-line)',
  text: 'var(--cf-text)',
  text2: 'var(--cf-text-2)',
  surface: 'var(--cf-surface)',
  danger: 'var(--cf-danger)',
} as const;
