/** Elements and component codes of our Observations, as a clinician would call them. */
const WORDS: Readonly<Record<string, string>> = {
  focus: 'which recommendation it is about',
  component: 'the details',
  note: 'the comment',
  'override-reason': 'the reason',
  'action-taken': 'what was done instead',
  'deferred-until': 'the time to come back',
  'recommendation-version': 'the version of the recommendation',
  performer: 'who answered',
  encounter: 'the encounter',
};

export const lostWords = (lost: string): string => WORDS[lost] ?? lost;
