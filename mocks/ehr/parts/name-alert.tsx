import styles from './name-alert.module.css';

/** Two patients of one name on a ward are how answers end up in the wrong chart. */
export function NameAlert() {
  return <span className={styles.alert}>Name alert</span>;
}
