/** Roles as a site gives them out (`governance.roles`). */
export const ROLES = [
  'clinician',
  'reviewer',
  'owner',
  'approver',
  'committee',
  'researcher',
  'safety-officer',
] as const;

export type Role = (typeof ROLES)[number];

/** What a person can do on the governance page. */
export const ACTS = [
  'suspend',
  'propose',
  'approve',
  'plan-rollout',
  'recall',
  'acknowledge-incident',
  'contain-incident',
  'work-on-incident',
  'close-incident',
  'reply-to-reporter',
  'answer-comment',
  'answer-escalation',
  'plan-review',
  'review',
  'ask-for-data',
] as const;

export type Act = (typeof ACTS)[number];

/** Who may do what. Somebody with two roles may do what either may. */
const MAY: Readonly<Record<Role, readonly Act[]>> = {
  clinician: [],
  reviewer: ['review'],
  researcher: ['ask-for-data'],
  owner: [
    'suspend',
    'propose',
    'plan-rollout',
    'recall',
    'acknowledge-incident',
    'contain-incident',
    'work-on-incident',
    'reply-to-reporter',
    'answer-comment',
    'answer-escalation',
    'plan-review',
    'ask-for-data',
  ],
  approver: ['suspend', 'approve', 'recall'],
  committee: [
    'suspend',
    'approve',
    'recall',
    'acknowledge-incident',
    'contain-incident',
    'close-incident',
    'reply-to-reporter',
    'answer-comment',
    'answer-escalation',
    'plan-review',
  ],
  'safety-officer': [
    'suspend',
    'recall',
    'acknowledge-incident',
    'contain-incident',
    'work-on-incident',
    'close-incident',
    'reply-to-reporter',
  ],
};

/** Practitioner references or identifiers of who has a role. */
export type RoleBook = Readonly<Partial<Record<Role, readonly string[]>>>;

/**
 * The roles of a person. Undefined: the site has not given out any, and whoever the server lets in may
 * do everything that it lets them do.
 * @param names every reference and identifier by which the person may be listed
 */
export const rolesOf = (
  book: RoleBook | undefined,
  names: readonly string[],
): readonly Role[] | undefined =>
  book && ROLES.filter((role) => book[role]?.some((one) => names.includes(one)));

export const may = (roles: readonly Role[] | undefined, act: Act): boolean =>
  roles === undefined || roles.some((role) => MAY[role].includes(act));

/** Roles that may do it, for words to who may not. */
export const whoMay = (act: Act): readonly Role[] =>
  ROLES.filter((role) => MAY[role].includes(act));
