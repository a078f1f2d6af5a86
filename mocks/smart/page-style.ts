/** The look of `mocks/ehr`, as much of it as a page without script or files needs. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --desk: light-dark(#d3dbd8, #0d1413);
  --surface: light-dark(#ffffff, #172120);
  --line: light-dark(#b4c1bd, #384846);
  --edge: light-dark(#6f807b, #78908b);
  --ink: light-dark(#14201e, #e3ebe8);
  --ink-2: light-dark(#475753, #a3b4af);
  --bar: light-dark(#1d4a48, #0f2e2d);
  --accent: light-dark(#0b5a5e, #6cc8c4);
  --accent-ink: light-dark(#ffffff, #0d1413);
  --focus: light-dark(#0b5fd0, #9cc4ff);
  font: 14px/1.4 Arial, "Liberation Sans", "Helvetica Neue", Helvetica, sans-serif;
  color: var(--ink);
  background: var(--desk);
}
*, *::before, *::after { box-sizing: border-box; }
body { min-height: 100vh; margin: 0; background: linear-gradient(var(--bar) 0 180px, var(--desk) 180px); }
h1, p { margin: 0; }
.strip { padding: 4px 16px; background: #f2c14e; color: #2b2000; font-size: 13px; text-align: center; }
main { max-width: 480px; margin: 0 auto; padding: 32px 16px 48px; }
.brand { display: flex; gap: 14px; align-items: center; margin-bottom: 24px; color: #ffffff; }
.brand svg { flex: none; }
.brand p { color: #c9dedb; }
h1 { font-size: 22px; letter-spacing: -0.01em; }
.box { display: grid; gap: 14px; padding: 18px; border: 1px solid var(--line); background: var(--surface); }
form { display: grid; gap: 14px; }
label { display: grid; gap: 4px; color: var(--ink-2); font-size: 13px; }
select, button { width: 100%; min-width: 0; min-height: 40px; padding: 6px 10px; border: 1px solid var(--edge); border-radius: 2px; background: var(--surface); color: var(--ink); font: inherit; font-size: 14px; }
button { border-color: var(--accent); background: var(--accent); color: var(--accent-ink); font-weight: 700; cursor: pointer; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
details { color: var(--ink-2); font-size: 13px; }
summary { cursor: pointer; }
details p { margin-top: 6px; overflow-wrap: anywhere; }
`;
