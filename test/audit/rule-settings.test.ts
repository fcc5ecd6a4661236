import { audit } from '../../lib/audit/engine';
import { PRESETS } from '../../lib/audit/presets';
import { isFinding } from '../../lib/audit/report';
import type { Rule } from '../../lib/audit/rule';
import { HIGH, LOW } from '../../lib/audit/severity';
import { parseConfig } from '../../lib/records/config';
import { graphOf } from '../support/graph';

const rule = (id: string, part: Partial<Rule> = {}): Rule => ({
  id,
  title: `${id} holds.`,
  kind: 'redundancy',
  why: 'because',
  fix: 'mend it',
  severity: HIGH,
  appliesTo: ['AWS::SQS::Queue', 'AWS::SNS::Topic'],
  check: () => ({ outcome: 'fail', found: 'a', needed: 'b' }),
  ...part,
});

const outer = rule('AAA-01', { subsumes: ['AAA-02'], controls: [{ framework: 'DORA', id: 'Art. 12' }] });
const twin = rule('AAA-02', { severity: LOW, controls: [{ framework: 'SOC 2', id: 'A1.2' }] });
const counted = rule('AAA-03', {
  parameters: { minimum: { meaning: 'How many.', default: 3 } },
  check: (_resource, { parameters }) => ({
    outcome: 'fail',
    found: 'none',
    needed: `${parameters.minimum}`,
  }),
});
const watchful = rule('AAA-04', { judgesExceptions: true });

const APP = graphOf({
  Resources: { Queue: { Type: 'AWS::SQS::Queue' }, Topic: { Type: 'AWS::SNS::Topic' } },
});

/** The findings of an audit, as `RULE severity logicalId: message`. */
function findings(config: string, assumedTier?: 0 | 1 | 2 | 3): readonly string[] {
  return auditWith(config, assumedTier)
    .verdicts.filter(isFinding)
    .map(({ rule: id, severity, logicalId, message }) => `${id} ${severity} ${logicalId} ${message}`);
}

function auditWith(config: string, assumedTier?: 0 | 1 | 2 | 3) {
  return audit([APP], {
    rules: [outer, twin, counted, watchful],
    config: parseConfig(config, 'nines.config.yaml'),
    ...(assumedTier !== undefined && { assumedTier }),
  });
}

const only = (id: string, config: string, tier?: 0 | 1 | 2 | 3) =>
  findings(config, tier).filter((line) => line.startsWith(id));

describe('the configuration of rules', () => {
  it('sets how loud the findings of a rule are', () => {
    expect(only('AAA-01', 'rules: { AAA-01: info }')).toEqual([
      'AAA-01 info Queue found a, needs b',
      'AAA-01 info Topic found a, needs b',
    ]);
  });

  it('turns a rule off, and then its twin is shown', () => {
    const config = 'rules: { AAA-01: { level: off, reason: r } }';
    expect(only('AAA-01', config)).toEqual([]);
    expect(only('AAA-02', config)).toHaveLength(2);
    expect(only('AAA-02', 'services: []')).toEqual([]);
  });

  it('sets the parameters of a rule, and those of all rules', () => {
    expect(only('AAA-03', 'parameters: { minimum: 5 }')[0]).toMatch(/needs 5/);
    const both = 'parameters: { minimum: 5 }\nrules: { AAA-03: { parameters: { minimum: 7 } } }';
    expect(only('AAA-03', both)[0]).toMatch(/needs 7/);
  });

  it('overrides rules for some resources, the last that matches first', () => {
    const config = `
rules: { AAA-03: warning }
overrides:
  - { types: ['AWS::SQS::*'], rules: { AAA-03: { level: info, parameters: { minimum: 1 } } } }
  - { paths: ['*/Queue'], rules: { AAA-03: error } }
`;
    expect(only('AAA-03', config)).toEqual([
      'AAA-03 error Queue found none, needs 1',
      'AAA-03 warning Topic found none, needs 3',
    ]);
  });

  it('overrides only what matches every kind of pattern given', () => {
    const config = `overrides:\n  - { types: ['*Queue'], stacks: [none], rules: { AAA-03: info } }\n`;
    expect(only('AAA-03', config)[0]).toMatch(/^AAA-03 error Queue/);
  });

  it('ignores resources', () => {
    const config = 'ignore:\n  - { types: ["AWS::SQS::Queue"], reason: r }\n';
    expect(findings(config).some((line) => line.includes('Queue'))).toBe(false);
    expect(findings(config).some((line) => line.includes('Topic'))).toBe(true);
  });

  it('runs the rules of a framework, those given a level, and what judges exceptions', () => {
    const ids = (config: string) => [...new Set(findings(config).map((line) => line.slice(0, 6)))];
    expect(ids('presets: [dora]')).toEqual(['AAA-01', 'AAA-04']);
    expect(ids('presets: [dora]\nrules: { AAA-03: info }')).toEqual(['AAA-01', 'AAA-03', 'AAA-04']);
    expect(ids('presets: [dora, soc-2]')).toEqual(['AAA-01', 'AAA-04']);
    expect(ids('presets: [soc-2]')).toEqual(['AAA-02', 'AAA-04']);
  });

  it('do not call an acknowledgement stale whose rule the framework leaves out', () => {
    const acknowledged = graphOf({
      stacks: {
        Shop: {
          template: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
          acknowledgements: [{ path: 'Shop', id: 'cdk-nines::AAA-02', reason: 'r' }],
        },
      },
    });
    const states = (config: string) =>
      audit([acknowledged], {
        rules: [outer, { ...twin, check: () => ({ outcome: 'pass' }) }],
        config: parseConfig(config, 'c', { rules: [outer, twin], presets: PRESETS }),
      }).register?.map(({ state }) => state);
    expect(states('presets: [dora]')).toEqual(['without end']);
    expect(states('services: []')).toEqual(['stale']);
  });

  it('assumes the tier, unless the caller does', () => {
    expect(only('AAA-01', 'tier: 3')[0]).toMatch(/info/);
    expect(only('AAA-01', 'tier: 3', 1)[0]).toMatch(/error/);
  });

  it('says that all stacks are meant, and not what stands for all', () => {
    const config = 'ignore:\n  - {stacks: ["*"], reason: gone}\n';
    expect(auditWith(config).turnedOff?.map(({ rule: id, scope }) => `${id} ${scope}`)).toEqual([
      'all rules in all stacks',
    ]);
  });

  it('tells what it turns off, where and why', () => {
    const config = `rules:
  AAA-01: { level: off, reason: no }
overrides:
  - { paths: [a, b], types: [c], rules: { AAA-03: { level: off, reason: later } } }
ignore:
  - { stacks: [d], reason: gone soon }
`;
    const source = (line: number) => ({ file: 'nines.config.yaml', line });
    expect(auditWith(config).turnedOff).toEqual([
      { rule: 'AAA-01', scope: 'everywhere', reason: 'no', source: source(2) },
      { rule: 'AAA-03', scope: 'in paths a, b; of types c', reason: 'later', source: source(4) },
      { rule: 'all rules', scope: 'in stacks d', reason: 'gone soon', source: source(6) },
    ]);
    expect(auditWith('services: []').turnedOff).toBeUndefined();
  });
});
