import { defineColumns } from './column.ts';

/** Offset of a time as it was sent; null where the sender gave none. */
export const offsetColumn = (of: string) =>
  defineColumns({
    offset: {
      type: 'integer',
      nullable: true,
      unit: 'min',
      min: -720,
      max: 840,
      description: `Minutes east of Greenwich with which \`${of}\` was sent; null where it had none.`,
      source: 'the offset of the same dateTime',
      privacy: 'none',
    },
  }).offset;

/** Monday of the local week: weeks are cut where the hospital lives, not at midnight in Greenwich. */
export const weekColumn = (of: string) =>
  defineColumns({
    week: {
      type: 'date',
      nullable: true,
      derived: true,
      description: `Monday of the week of \`${of}\` in the site’s time zone.`,
      source: `${of} and the IANA zone of the site`,
      privacy: 'date',
    },
  }).week;

export const hourColumn = (of: string) =>
  defineColumns({
    hour: {
      type: 'integer',
      nullable: true,
      derived: true,
      unit: 'h',
      min: 0,
      max: 23,
      description: `Hour of the day of \`${of}\` in the site’s time zone.`,
      source: `${of} and the IANA zone of the site`,
      privacy: 'quasi',
    },
  }).hour;
