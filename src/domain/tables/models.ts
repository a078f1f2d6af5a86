import { MODEL_STATES } from '../recommendation.ts';
import { defineTable, type RowOf } from './column.ts';

export const MODELS = defineTable({
  name: 'models',
  grain: 'one version of one model',
  description: 'What is deployed, by whom it is owned, and how its score is to be read.',
  key: ['model_id', 'model_version'],
  columns: {
    model_id: {
      type: 'string',
      description: 'Identifier of the model.',
      source: 'Device.identifier.value, else the reference of the Device',
      term: 'A10 model_name',
      privacy: 'none',
    },
    model_version: {
      type: 'string',
      description: 'Version, `unknown` where the Device states none.',
      source: 'Device.version.value',
      privacy: 'none',
    },
    device_id: {
      type: 'string',
      nullable: true,
      description: 'The Device.',
      source: 'reference of the Device',
      privacy: 'none',
    },
    name: {
      type: 'string',
      description: 'Name as clinicians read it.',
      source: 'Device.deviceName',
      privacy: 'none',
    },
    manufacturer: {
      type: 'string',
      nullable: true,
      description: 'Who made it.',
      source: 'Device.manufacturer',
      term: 'HTI-1 attribute 1',
      privacy: 'none',
    },
    owner: {
      type: 'string',
      nullable: true,
      description: 'Who is responsible for it in the hospital.',
      source: 'Device.owner.display',
      privacy: 'none',
    },
    model_state: {
      type: 'code',
      values: MODEL_STATES,
      description: 'Lifecycle state now; what it was before is in `changes`.',
      source: 'newest Observation model-state in force',
      privacy: 'none',
    },
    threshold: {
      type: 'number',
      nullable: true,
      description: 'Score from which it fires now, on the scale of `score_scale`.',
      source: 'model settings of the site',
      privacy: 'none',
    },
    score_scale: {
      type: 'code',
      nullable: true,
      values: ['probability', 'points'],
      description: 'Scale of its score.',
      source: 'model settings of the site',
      privacy: 'none',
    },
    horizon_h: {
      type: 'number',
      nullable: true,
      unit: 'h',
      min: 0,
      description: 'Prediction horizon.',
      source: 'model settings of the site',
      privacy: 'none',
    },
    outcome_code: {
      type: 'code',
      nullable: true,
      description: 'What it predicts.',
      source: 'model settings of the site',
      privacy: 'none',
    },
    high_risk: {
      type: 'boolean',
      nullable: true,
      description: 'Configured as high-risk: a reason is required there.',
      source: 'model settings of the site',
      privacy: 'none',
    },
  },
});

export type ModelRow = RowOf<typeof MODELS>;
