import { markdown } from '../../lib/evidence/markdown';
import { text } from '../../lib/evidence/text';
import { renderTurnedOff } from '../../lib/evidence/turned-off-text';

const HOSTILE = '| <img src=x onerror=alert(1)> [a](http://b) @everyone\n| c |';

const evidence = (reason: string) => ({
  result: {
    verdicts: [],
    engineErrors: [],
    turnedOff: [
      { rule: 'RDS-01', scope: 'everywhere', reason, source: { file: 'nines.config.yaml', line: 2 } },
    ],
  },
  rules: [],
  version: '1.2.3',
  at: new Date(0),
});

describe('what the configuration turns off', () => {
  it('is shown in text, with its reason and its line', () => {
    expect([...text(evidence('no databases'))].join('')).toContain(
      'Turned off by the configuration\n  RDS-01 everywhere: no databases  nines.config.yaml:2\n',
    );
  });

  it('is shown in Markdown, and cannot break it', () => {
    const page = [...markdown(evidence(HOSTILE))].join('');
    expect(page).toContain('1 turned off by the configuration');
    const line = page.split('\n').find((each) => each.includes('RDS-01')) ?? '';
    expect(line).toContain('onerror');
    expect(line).not.toMatch(/<img/);
    expect(line.match(/(?<!\\)\|/g)).toHaveLength(4);
  });

  it('is no section where it is nothing', () => {
    const plain = (words: string) => words;
    const palette = { bold: plain, dim: plain, red: plain, yellow: plain, cyan: plain, green: plain };
    expect(renderTurnedOff([], palette)).toBe('');
  });
});
