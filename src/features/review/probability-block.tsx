import type { Ref } from 'react';
import type { Prediction, RecommendationDetail } from '#src/domain/recommendation.ts';
import { formatConfidence, viewProbability } from '#src/ui/format/probability.ts';
import { formatNumber, formatUnit } from '#src/ui/format/quantity.ts';
import { clipText, keepTogether, midSentence } from '#src/ui/format/text.ts';
import { ProbabilityBar } from '#src/ui/probability-bar.tsx';
import { localSummary } from './local-summary.ts';
import classes from './probability-block.module.css';

export interface ProbabilityBlockProps {
  readonly detail: RecommendationDetail;
  readonly scoreRef: Ref<HTMLDivElement>;
}

const riskOf = ({ outcome, horizon }: Prediction): string =>
  keepTogether(
    `Risk of ${outcome ? midSentence(clipText(outcome, 80)) : 'the predicted outcome'}${horizon ? `, ${clipText(horizon, 60)}` : ''}`,
  );

const AS_SENT = {
  'scale unknown':
    'Shown as it was sent: the source does not say whether this is a fraction or a percentage.',
  'out of range': 'Shown as it was sent: this is not a possible probability. Do not rely on it.',
} as const;

function Probability({ prediction }: { readonly prediction: Prediction }) {
  if (!prediction.probability) return null;
  const view = viewProbability(prediction.probability);
  if (view.kind === 'as-sent') {
    return (
      <div className={classes.figure}>
        <p className={classes.number}>{view.number}</p>
        <div className={classes.words}>
          <p>
            <strong className={classes.caveat}>{view.note}</strong>
          </p>
          <p>{riskOf(prediction)}</p>
          <p className={classes.note}>{AS_SENT[view.note]}</p>
        </div>
      </div>
    );
  }
  return (
    <div className={classes.figure}>
      <p className={classes.number}>
        {view.number}
        <span className={classes.percent}>{'\u00a0%'}</span>
      </p>
      <div className={classes.words}>
        <ProbabilityBar fraction={view.fraction} high={view.high} low={view.low} />
        <p>{riskOf(prediction)}</p>
        <p className={classes.note}>
          By this model: {keepTogether(view.words)} such patients
          {view.interval ? `, interval ${view.interval}` : ''}
          {prediction.band ? `, “${clipText(bandWord(prediction), 40)}”` : ''}
        </p>
      </div>
    </div>
  );
}

const bandWord = ({ band }: Prediction): string => band?.display ?? band?.code ?? '';

function ScoreFigure({ prediction }: { readonly prediction: Prediction }) {
  const { score } = prediction;
  if (!score) return null;
  return (
    <div className={classes.figure}>
      <p className={classes.number}>
        {formatNumber(score.value)}
        {score.unit ? (
          <span className={classes.percent}>{`\u00a0${formatUnit(score.unit)}`}</span>
        ) : null}
      </p>
      <div className={classes.words}>
        <p>
          {clipText(score.label ?? 'Score', 80)}
          {prediction.outcome ? ` for ${midSentence(clipText(prediction.outcome, 80))}` : ''}
        </p>
        <p className={classes.note}>A score, not a probability</p>
      </div>
    </div>
  );
}

function Figure({ prediction }: { readonly prediction: Prediction }) {
  if (prediction.probability) return <Probability prediction={prediction} />;
  if (prediction.score) return <ScoreFigure prediction={prediction} />;
  if (!prediction.band) return null;
  return (
    <div className={classes.words}>
      <p>
        <strong>{clipText(bandWord(prediction), 60)}</strong> · {riskOf(prediction)}
      </p>
      <p className={classes.note}>The model gave a band and no number</p>
    </div>
  );
}

const hasFigure = ({ probability, score, band }: Prediction): boolean =>
  probability !== undefined || score !== undefined || band !== undefined;

/** How likely and how sure, in numbers and words, each with where it comes from. */
export function ProbabilityBlock({ detail, scoreRef }: ProbabilityBlockProps) {
  const { predictions, confidence } = detail.recommendation;
  const shown = predictions.filter(hasFigure);
  const sure = confidence ? formatConfidence(confidence) : undefined;
  return (
    <div className={classes.block} ref={scoreRef}>
      <div className={classes.figures}>
        {shown.length === 0 ? (
          <p className={classes.none}>The model sent no probability and no score.</p>
        ) : (
          shown.slice(0, 6).map((prediction, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the producer's order is the identity
            <Figure key={index} prediction={prediction} />
          ))
        )}
      </div>
      <div className={classes.sources}>
        {sure ? (
          <p className={classes.source}>
            Confidence of the model in its output: <strong>{clipText(sure, 80)}</strong>
          </p>
        ) : null}
        <LocalRate detail={detail} />
      </div>
    </div>
  );
}

/** What such a score meant here, when the model card says: the gist, the rest is one tap away. */
function LocalRate({ detail }: { readonly detail: RecommendationDetail }) {
  const local = detail.model.card?.localPerformance;
  if (!local) return null;
  return (
    <p className={classes.source}>
      <strong>Here</strong> (model card): {localSummary(local)}
    </p>
  );
}
