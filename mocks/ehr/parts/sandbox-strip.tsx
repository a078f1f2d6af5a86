import styles from './sandbox-strip.module.css';

/** On every screen of this page: nobody may take an invented patient for a real one. */
export function SandboxStrip() {
  return (
    <aside className={styles.strip} aria-label="About this page">
      <p>
        <strong>Sandbox EHR</strong> – synthetic patients
      </p>
    </aside>
  );
}
