import { describe, expect, it } from 'vitest';
import { localSummary } from '#src/features/review/local-summary.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('local performance in one line', () => {
  it.each([
    [
      'St Brannoc Hospital, May to October, n = 842 alerts: PPV 12 % (10–14), sensitivity 61 %\n(56–66), median 3.4 h. PPV by sex: women 13 %.',
      'n = 842 alerts: PPV 12 % (10–14) …',
    ],
    [
      'St Brannoc Hospital, last 8 weeks, n = 911 discharges: predicted 31 %, observed 16 %.',
      'n = 911 discharges: predicted 31 %, observed 16 %.',
    ],
    [
      '12 of 100 patients with this score had sepsis (May–Oct, n = 842). More follows.',
      '12 of 100 patients with this score had sepsis (May–Oct, n = 842).',
    ],
    ['**AUC 0.71** here.', 'AUC 0.71 here.'],
    [
      'A very long sentence about how well it did, in words and without any number of cases at all, here.',
      'A very long sentence about how well it did, in words and without any…',
    ],
  ])('%s', (sent, shown) => expect(plain(localSummary(sent))).toBe(shown));
});
