import { useLayoutEffect, useRef } from 'react';
import type { PatientSummary } from '#src/domain/patient.ts';
import { cx } from './cx.ts';
import { formatPatientAge, formatSex } from './format/patient-age.ts';
import { clipText } from './format/text.ts';
import classes from './patient-banner.module.css';
import { Skeleton } from './skeleton.tsx';

export interface PatientBannerProps {
  readonly patient: PatientSummary | undefined;
  readonly loading: boolean;
  /** The EHR frame already names the patient: ours shrinks, and never vanishes. */
  readonly compact: boolean;
  readonly synthetic: boolean;
  readonly now: number;
}

const factsOf = (patient: PatientSummary, now: number): readonly string[] =>
  [
    patient.deceased ? undefined : formatPatientAge(patient.birthDate, now),
    formatSex(patient.sex),
    patient.mrn ? `MRN ${clipText(patient.mrn, 40)}` : undefined,
    patient.deceased ? 'Deceased' : undefined,
  ].filter((fact) => fact !== undefined);

function Identity({ patient, now }: { patient: PatientSummary; now: number }) {
  return (
    <>
      <p className={classes.name}>{clipText(patient.displayName, 120)}</p>
      <p className={classes.facts}>
        {factsOf(patient, now).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
    </>
  );
}

function Unknown({ loading }: { readonly loading: boolean }) {
  if (loading) return <Skeleton height={20} width={220} />;
  return <p className={classes.name}>Patient not known</p>;
}

/** Tells the style sheet how much of the top it covers, so that nothing scrolls to below it. */
function useCoveredHeight() {
  const banner = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = banner.current;
    const root = document.documentElement.style;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() =>
      root.setProperty('--cf-banner', `${Math.ceil(element.getBoundingClientRect().height)}px`),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.removeProperty('--cf-banner');
    };
  }, []);
  return banner;
}

/** Whose chart this is. It stays in sight while the page scrolls. */
export function PatientBanner({ patient, loading, compact, synthetic, now }: PatientBannerProps) {
  const banner = useCoveredHeight();
  return (
    <section
      aria-label="Patient"
      className={cx(classes.banner, compact && classes.compact)}
      data-compact={compact}
      ref={banner}
    >
      <div className={classes.row}>
        {patient ? <Identity now={now} patient={patient} /> : <Unknown loading={loading} />}
      </div>
      {synthetic ? <p className={classes.synthetic}>Synthetic data – not a real patient</p> : null}
    </section>
  );
}
