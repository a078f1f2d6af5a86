import { useState } from 'react';
import { AiPanel } from '../parts/ai-panel.tsx';
import { ChartSections } from '../parts/chart-sections.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { Storyboard } from '../parts/storyboard.tsx';
import type { OpenChart, PanelWidth } from '../session.tsx';
import styles from './chart.module.css';

interface ChartPageProps {
  readonly chart: OpenChart;
  readonly width: PanelWidth;
  readonly onWidth: (width: PanelWidth) => void;
  readonly crossSite: boolean;
}

export function ChartPage({ chart, width, onWidth, crossSite }: ChartPageProps) {
  // On a narrow screen chart and panel take turns; on a wide one both are there.
  const [side, setSide] = useState<'chart' | 'panel'>('panel');
  return (
    <article
      className={styles.chart}
      data-width={width}
      data-side={side}
      aria-label={`Chart of ${chart.patient.name}`}
    >
      <div className={styles.story}>
        <Storyboard chart={chart} brief={side === 'panel'} />
      </div>
      <div className={styles.sides}>
        <Segmented
          label="Show"
          value={side}
          options={[
            ['chart', 'Chart'],
            ['panel', 'AI recommendations'],
          ]}
          onChange={setSide}
        />
      </div>
      <div className={styles.sections}>
        <ChartSections chart={chart} />
      </div>
      <div className={styles.panel}>
        <AiPanel chart={chart} width={width} onWidth={onWidth} crossSite={crossSite} />
      </div>
    </article>
  );
}
