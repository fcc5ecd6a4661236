import { otherFindings } from '../../lib/audit/other-findings';

const reported = (more: object = {}) => ({
  plugin: 'AwsSolutions',
  rule: 'AwsSolutions-S1',
  description: 'no logs',
  constructPath: 'Shop/Data/Resource',
  ...more,
});

const app = {
  name: 'cdk.out',
  path: 'cdk.out',
  stacks: [
    {
      file: 'cdk.out/Shop.template.json',
      constructs: new Map([['Data1', { path: 'Shop/Data/Resource', source: { file: 'app.ts', line: 9 } }]]),
      nested: new Map(),
    },
  ],
} as never;

describe('findings of other tools', () => {
  it('get their place from the app where the tool gives none', () => {
    expect(otherFindings([reported()], [app])).toEqual([
      {
        tool: 'AwsSolutions',
        rule: 'AwsSolutions-S1',
        verdict: 'fail',
        severity: 'warning',
        message: 'no logs',
        constructPath: 'Shop/Data/Resource',
        logicalId: 'Data1',
        file: 'cdk.out/Shop.template.json',
        source: { file: 'app.ts', line: 9 },
      },
    ]);
  });

  it('are told from ours by who reported them', () => {
    const ours = [
      reported({ plugin: 'cdk-nines', rule: 'RDS-01' }),
      reported({ plugin: 'cdk-nines-nag', rule: 'cdk-nines-RDS-01' }),
      reported({ plugin: 'Construct Annotations', rule: 'cdk-nines::RDS-01' }),
      reported({ plugin: 'Construct Annotations', rule: 'cdk-nines::RDS-01' }),
    ];
    expect(otherFindings(ours, [])).toEqual([]);
    const theirs = [
      reported({ plugin: 'Company', rule: 'RDS-01' }),
      reported({ plugin: 'Construct Annotations', rule: '@aws-cdk/aws-ec2::noSubnet' }),
    ];
    expect(otherFindings(theirs, [])).toHaveLength(2);
  });

  it('are unknown where the tool could not evaluate its rule', () => {
    const description = 'Rule threw an error during validation. This is generally caused by …';
    expect(otherFindings([reported({ description })], [])[0]?.verdict).toBe('unknown');
  });

  it.each([
    ['error', 'error'],
    ['FATAL', 'error'],
    ['high', 'error'],
    ['info', 'info'],
    ['low', 'info'],
    ['purple', 'warning'],
    [undefined, 'warning'],
  ])('of the level %s are of level %s', (severity, level) => {
    expect(otherFindings([reported({ severity })], [])[0]?.severity).toBe(level);
  });

  it('come by tool, then the worst first', () => {
    const mixed = [
      reported({ plugin: 'B' }),
      reported({ rule: 'R2', severity: 'info' }),
      reported({ rule: 'R1', severity: 'error' }),
    ];
    expect(otherFindings(mixed, []).map(({ tool, rule }) => `${tool} ${rule}`)).toEqual([
      'AwsSolutions R1',
      'AwsSolutions R2',
      'B AwsSolutions-S1',
    ]);
  });
});
