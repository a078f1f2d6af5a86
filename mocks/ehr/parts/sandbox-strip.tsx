import styles from './sandbox-strip.module.css';

/** On every screen of this page: nobody may take an invented patient for a real one. */
export function SandboxStrip() {
  return (
    <p className={styles.strip}>
      <span>
        <strong>Sandbox EHR</strong> – synthetic patients
      </span>
    </p>
  );
}
