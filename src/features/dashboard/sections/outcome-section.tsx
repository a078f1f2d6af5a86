import { useMemo } from 'react';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { calibrationPlot } from '../charts/calibration-plot.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS } from '../definitions.ts';
import { LabelRules } from '../label-rules.tsx';
import { Legend } from '../legend.tsx';
import { type Lines, LinesCard } from '../lines-card.tsx';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { calibrationSheet } from '../sheets/calibration.ts';
import { cells, overTime } from '../sheets/over-time.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { Tiles } from '../tiles.tsx';
import { ViewGate } from '../view-gate.tsx';
import { AppropriatenessChart } from './appropriateness-chart.tsx';
import { TimeToTreatmentChart } from './time-to-treatment-chart.tsx';

const VIEW = 'accuracy-weekly';

const COLUMNS = {
  parts: [
    ['TP', cells('tp')],
    ['FP', cells('fp')],
    ['FN', cells('fn')],
    ['TN', cells('tn')],
  ],
  total: 'Labelled',
  figures: [
    ['PPV', 'positive predictive value'],
    ['Sensitivity', 'sensitivity'],
    ['Needed to evaluate', 'number needed to evaluate'],
  ],
} as const;

/** Whether it is known at all: what has no label is in no figure. */
const COVERAGE = {
  parts: [
    ['Labelled', cells('tp', 'fp', 'fn', 'tn')],
    ['Not labelled', cells('unlabelled')],
    ['Ended too early to know', cells('censored')],
  ],
  total: 'Scored encounters',
  figures: [],
} as const;

export function OutcomeSection() {
  return (
    <Section
      asks="Was the model right, were overrides, and what was done?"
      id="outcome"
      title="Outcome"
    >
      {(wanted) => (
        <>
          <LabelRules wanted={wanted} />
          <div className={sections.pair}>
            <div className={sections.stack}>
              <ViewGate name={VIEW} wanted={wanted}>
                {(view) => (
                  <>
                    <Coverage view={view} />
                    <Accuracy view={view} />
                  </>
                )}
              </ViewGate>
            </div>
            <div>
              <ViewGate name="calibration" wanted={wanted}>
                {(view) => <Calibration view={view} />}
              </ViewGate>
            </div>
            <AppropriatenessChart wanted={wanted} />
            <TimeToTreatmentChart wanted={wanted} />
          </div>
        </>
      )}
    </Section>
  );
}

function Coverage({ view }: { readonly view: SelectedView }) {
  const { filter } = useDashboard();
  const sheet = useMemo(
    () => overTime(VIEW, view, filter.form, COVERAGE, { blocks: true }),
    [view, filter.form],
  );
  return <Tiles sheet={sheet} />;
}

const LINES: Lines = {
  series: [
    { figure: 0, look: 'first' },
    { figure: 1, look: 'second' },
  ],
  scale: 'percent',
  yLabel: '↑ Share, %',
};

function Accuracy({ view }: { readonly view: SelectedView }) {
  const { filter } = useDashboard();
  const sheet = useMemo(
    () => overTime(VIEW, view, filter.form, COLUMNS, { blocks: true }),
    [view, filter.form],
  );
  return (
    <LinesCard
      counted="labelled encounters"
      definition={DEFINITIONS.outcome}
      legend={
        <Legend
          entries={[
            { look: 'first', words: 'PPV' },
            { look: 'second', words: 'sensitivity' },
          ]}
        />
      }
      lines={LINES}
      sheet={sheet}
      title="PPV and sensitivity, by four weeks"
      trend={['PPV', 0]}
      unit="encounter, within the score’s horizon"
    />
  );
}

const drawCalibration = ({ rows }: Sheet) => calibrationPlot(rows);

function Calibration({ view }: { readonly view: SelectedView }) {
  const sheet = useMemo(() => calibrationSheet(view), [view]);
  return (
    <ChartCard
      counted="labelled scores"
      definition={DEFINITIONS.calibration}
      draw={drawCalibration}
      sheet={sheet}
      summary={(shown) =>
        `${shown.rows.length} groups of scores; the table has predicted and observed of each.`
      }
      title="Calibration"
      unit="score, within its horizon"
    />
  );
}
