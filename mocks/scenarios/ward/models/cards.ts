import type { DocumentReference } from 'fhir/r4';
import { AI_TRANSPARENCY } from '#src/fhir/codes.ts';
import { base64, coding, HOSPITAL, plainMeta } from '../build.ts';
import { hoursAgo, type Ward } from '../ward.ts';
import { MODEL_IDS, type ModelId, model } from './catalogue.ts';
import { CHEST_XRAY_CARD } from './chai-card.ts';
import { MARKDOWN_CARDS } from './markdown-cards.ts';

const CARDS: Readonly<Record<ModelId, { format: 'markdown' | 'chai'; text: string }>> = {
  ...MARKDOWN_CARDS,
  'chest-xray': { format: 'chai', text: CHEST_XRAY_CARD },
};

const FORMAT = {
  // The lower-case m of the second is the guide's own.
  markdown: { category: 'AIModelCardMarkdownFormat', contentType: 'text/markdown' },
  chai: { category: 'AImodelCardCHAIformat', contentType: 'application/xml' },
};

function card(ward: Ward, id: ModelId): DocumentReference {
  const facts = model(id);
  const { format, text } = CARDS[id];
  return {
    resourceType: 'DocumentReference',
    id: `card-${id}`,
    meta: { ...plainMeta(), profile: [`${AI_TRANSPARENCY.base}/StructureDefinition/AI-ModelCard`] },
    identifier: [{ system: `${HOSPITAL}/model-cards`, value: facts.identifier }],
    status: 'current',
    type: { coding: [coding(AI_TRANSPARENCY.inputs, 'AIModelCard')], text: 'AI model card' },
    category: [{ coding: [coding(AI_TRANSPARENCY.inputs, FORMAT[format].category)] }],
    date: hoursAgo(ward, facts.stateSinceDays * 24),
    description: `Model card: ${facts.name} ${facts.version}`,
    content: [
      {
        attachment: {
          contentType: FORMAT[format].contentType,
          language: 'en',
          data: base64(text),
          title: `${facts.name} ${facts.version}`,
        },
      },
    ],
  };
}

export const modelCards = (ward: Ward): DocumentReference[] =>
  MODEL_IDS.map((id) => card(ward, id));
