import type { Rule } from '../../lib/audit/rule';
import { standbyStartsInTime } from '../../lib/audit/rules/headroom';
import { identityStandsInEveryRegion } from '../../lib/audit/rules/identity-regions';
import { regionStandsAlone, standbyDeploysAlone } from '../../lib/audit/rules/region-ties';
import { standbyHasItsArtefacts } from '../../lib/audit/rules/standby-artefacts';
import { parseConfig } from '../../lib/records/config';
import { outcomeOf } from '../support/rule-cases';

type Resources = Readonly<Record<string, unknown>>;

const config = (tier: number, regions: string, approach = '') =>
  parseConfig(
    `services:\n  - { name: shop, tier: ${tier}, stacks: ["shop-*"], regions: { ${regions} }${approach} }\n`,
    'nines.config.yaml',
  );

const app = (primary: Resources, standby: Resources, outputs: object = {}) => ({
  stacks: {
    'shop-west': { region: 'eu-west-1', template: { Resources: primary, Outputs: outputs } },
    'shop-central': { region: 'eu-central-1', template: { Resources: standby } },
  },
});
const TWO = 'eu-west-1: primary, eu-central-1: standby';
const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } } };
const caller = (X: unknown) => ({
  Caller: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { X } } } },
});
const image = (region: string) => ({
  Caller: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { ImageUri: `111122223333.dkr.ecr.${region}.amazonaws.com/shop:1` } },
  },
});
const pool = { Pool: { Type: 'AWS::Cognito::UserPool' } };
const tasks = (DesiredCount: number) => ({
  Web: { Type: 'AWS::ECS::Service', Properties: { DesiredCount } },
});

describe('roles of regions in the configuration', () => {
  it.each<[string, Rule, object, object]>([
    [
      'a standby that uses the primary',
      regionStandsAlone,
      app(queue, caller('https://sqs.eu-west-1.amazonaws.com/1/orders')),
      app(queue, caller('https://sqs.eu-central-1.amazonaws.com/1/orders')),
    ],
    [
      'a standby that cannot be deployed alone',
      standbyDeploysAlone,
      app(
        queue,
        caller({
          'Fn::GetStackOutput': { StackName: 'shop-west', OutputName: 'Queue', Region: 'eu-west-1' },
        }),
        { Queue: { Value: { Ref: 'Queue' } } },
      ),
      app(queue, caller('x')),
    ],
    [
      'an image that is not replicated',
      standbyHasItsArtefacts,
      app(queue, image('eu-west-1')),
      app(queue, image('eu-central-1')),
    ],
    ['a user pool in one region', identityStandsInEveryRegion, app(pool, queue), app(pool, pool)],
  ])('tell %s', (_, rule, bad, good) => {
    const judge = (of: object, said?: ReturnType<typeof config>) =>
      outcomeOf(rule, of as Parameters<typeof outcomeOf>[1], 1, said);
    expect(judge(bad, config(0, TWO))).toBe('fail');
    expect(judge(good, config(0, TWO))).toBe('pass');
    expect(judge(bad)).toBe('notApplicable');
  });

  it('ask a standby for what its approach promises, and never for less than its tier', () => {
    const judge = (tier: number, approach: string) =>
      outcomeOf(
        standbyStartsInTime,
        app(tasks(2), tasks(0)),
        1,
        config(tier, TWO, approach && `, approach: ${approach}`),
      );
    expect(judge(2, '')).not.toBe('fail');
    expect(judge(2, 'pilot-light')).not.toBe('fail');
    expect(judge(2, 'warm-standby')).toBe('fail');
    expect(judge(1, 'pilot-light')).toBe('fail');
  });
});
