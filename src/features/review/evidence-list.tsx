import { useState } from 'react';
import type { EvidenceItem, RecommendationDetail } from '#src/domain/recommendation.ts';
import { Button } from '#src/ui/button.tsx';
import { formatAge } from '#src/ui/format/age.ts';
import { formatRange, formatValue, viewAbnormality } from '#src/ui/format/quantity.ts';
import { clipText, keepTogether } from '#src/ui/format/text.ts';
import { Skeleton } from '#src/ui/skeleton.tsx';
import { Sparkline } from '#src/ui/sparkline.tsx';
import { hasNewer } from '#src/ui/sparkline-geometry.ts';
import { VisuallyHidden } from '#src/ui/visually-hidden.tsx';
import classes from './evidence-list.module.css';

export interface EvidenceListProps {
  readonly detail: RecommendationDetail;
  readonly now: number;
  readonly onOpened: () => void;
}

/** As many as fit beside the answer; the rest is one press away and counted. */
const VISIBLE = 6;

function Row({ item, now }: { readonly item: EvidenceItem; readonly now: number }) {
  const { mark, word, tone } = viewAbnormality(item.abnormality);
  const age = formatAge(item.latest.at, now);
  const range = formatRange(item.range);
  const isText = item.latest.value === undefined && (item.latest.text ?? '').length > 16;
  const missing = item.latest.value === undefined && item.latest.text === undefined;
  return (
    <li className={classes.row} data-text={isText}>
      <span className={classes.label}>{clipText(item.label, 120)}</span>
      <span
        className={classes.value}
        data-tone={missing ? 'muted' : tone}
        title={range ? `Reference ${range}` : undefined}
      >
        {keepTogether(clipText(formatValue(item.latest), 160))}
        {mark ? <span aria-hidden="true">{`\u00a0${mark}`}</span> : null}
        {word !== 'normal' && word !== 'not rated' ? (
          <VisuallyHidden> {word}</VisuallyHidden>
        ) : null}
      </span>
      <span className={classes.trend}>
        <Sparkline
          label={clipText(item.label, 80)}
          range={item.range}
          series={item.series}
          tone={tone}
          unit={item.latest.unit}
          usedAt={item.latest.at}
        />
      </span>
      <time className={classes.age} dateTime={item.latest.at} title={age.exact}>
        {age.known || !missing ? age.text : ''}
      </time>
      {item.problems.map(({ message }) => (
        <span className={classes.problem} key={message}>
          {clipText(message, 200)}
        </span>
      ))}
    </li>
  );
}

function Pending({ count }: { readonly count: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: Math.min(VISIBLE, count) }, (_, index) => `row-${index}`).map((key) => (
        <div className={classes.pending} key={key}>
          <Skeleton height={12} />
        </div>
      ))}
    </div>
  );
}

function Rows({
  items,
  now,
  onOpened,
}: Omit<EvidenceListProps, 'detail'> & { items: readonly EvidenceItem[] }) {
  const [all, setAll] = useState(items.length <= VISIBLE + 1);
  const shown = all ? items : items.slice(0, VISIBLE);
  return (
    <>
      <ul className={classes.list}>
        {shown.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the producer's order is the identity
          <Row item={item} key={`${item.label}|${index}`} now={now} />
        ))}
      </ul>
      {all ? null : (
        <Button
          className={classes.all}
          look="quiet"
          onClick={() => {
            setAll(true);
            onOpened();
          }}
        >
          Show all {items.length} inputs
        </Button>
      )}
    </>
  );
}

/** What the dots mean, where there are two kinds of them. */
function Legend({ items }: { readonly items: readonly EvidenceItem[] }) {
  if (!items.some(({ series, latest }) => hasNewer(series, latest.at))) return null;
  return (
    <p className={classes.legend}>
      <span>
        <span aria-hidden="true" className={classes.used} />
        used by the AI
      </span>{' '}
      <span>
        <span aria-hidden="true" className={classes.newer} />
        newer
      </span>
    </p>
  );
}

/** The inputs that the recommendation names, with value, age and what is abnormal about them. */
export function EvidenceList({ detail, now, onOpened }: EvidenceListProps) {
  const { evidence, pending, recommendation } = detail;
  const waiting = pending && evidence.length === 0 && recommendation.basis.length > 0;
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h3 className={classes.heading}>Based on</h3>
        <Legend items={evidence} />
      </div>
      {waiting ? <Pending count={recommendation.basis.length} /> : null}
      {evidence.length > 0 ? <Rows items={evidence} now={now} onOpened={onOpened} /> : null}
      {evidence.length === 0 && !waiting ? (
        <p className={classes.none}>The model does not name the data that it used.</p>
      ) : null}
    </section>
  );
}
