import { resilienceIsShown } from '../../../lib/audit/rules/resilience-evidence';
import type { Tier } from '../../../lib/objectives/tier';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

type Resources = Record<string, unknown>;

const experiment = (source: string) => ({
  Experiment: {
    Type: 'AWS::FIS::ExperimentTemplate',
    Properties: { StopConditions: [{ Source: source, Value: 'arn' }] },
  },
});

const ALL: Resources = {
  ...experiment('aws:cloudwatch:alarm'),
  Hub: { Type: 'AWS::ResilienceHub::App', Properties: { ResiliencyPolicyArn: 'arn' } },
  Restores: { Type: 'AWS::Backup::RestoreTestingPlan' },
};

const shop = (resources: Resources, tier: Tier = 1) => ({ stacks: { shop: placeOf({ tier }, resources) } });

const parameters = { mayStandElsewhere: false, gameDayRecord: 'https://wiki.example.com/game-days/3' };

checks(resilienceIsShown, {
  config: { services: [], rules: { 'X-85': { parameters } } },
  passes: {
    'tier 1 has it all': shop(ALL),
    'tier 0 has it all': shop(ALL, 0),
  },
  fails: {
    'nothing is there': shop({ Topic: { Type: 'AWS::SNS::Topic' } }),
    'nothing stops the experiment': shop({ ...ALL, ...experiment('none') }),
  },
  unknown: {
    'a macro may write it': {
      stacks: {
        shop: {
          template: {
            ...shop({ Topic: { Type: 'AWS::SNS::Topic' } }).stacks.shop.template,
            Transform: ['Own'],
          },
        },
      },
    },
  },
  notApplicable: {
    'the service is of tier 2': shop({}, 2),
    'no service is declared': { Resources: ALL },
  },
  equivalent: {
    '*.StopConditions.0.Value': 'any alarm will do',
  },
});

describe('X-85', () => {
  it('does not know where another app may have it', () => {
    expect(outcomeOf(resilienceIsShown, shop({ Topic: { Type: 'AWS::SNS::Topic' } }))).toBe('unknown');
  });

  it('does not know where no game day is recorded', () => {
    expect(outcomeOf(resilienceIsShown, shop(ALL))).toBe('unknown');
  });
});
