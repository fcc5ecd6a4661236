import { audit } from '../../../lib/audit/engine';
import {
  configurationIsRecorded,
  findingsAreGathered,
  incidentsAreAnswered,
  resilienceIsAssessed,
  threatsAreWatched,
} from '../../../lib/audit/rules/account-services';
import { graphOf } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };
const MAYBE = {
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Mode' }, 'on'] } },
  Parameters: { Mode: { Type: 'String' } },
};

/** An account of which nobody else looks after such services. */
const alone = (rule: string) => ({
  services: [],
  rules: { [rule]: { parameters: { mayStandElsewhere: false } } },
});

function app(type: string, properties: Readonly<Record<string, unknown>> = {}, rest: object = {}) {
  return { Resources: { ...TOPIC, Subject: { Type: type, Properties: properties, ...rest } } };
}

const recorder = 'AWS::Config::ConfigurationRecorder';
checks(configurationIsRecorded, {
  config: alone('CFG-01'),
  passes: {
    'there is a recorder': app(recorder),
    'there is one in another stack': {
      stacks: { Shop: { template: { Resources: TOPIC } }, Base: { template: app(recorder) } },
    },
  },
  fails: {
    'nobody else may have one': { Resources: TOPIC },
    'a condition leaves it out': {
      ...app(recorder, {}, { Condition: 'Never' }),
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    },
  },
  unknown: {
    'a condition may leave it out': { ...MAYBE, ...app(recorder, {}, { Condition: 'Wanted' }) },
    'a macro may write one': { Transform: 'Mine', Resources: TOPIC },
  },
  notApplicable: 'an app either has a recorder, or the organisation is asked about',
});

const detector = 'AWS::GuardDuty::Detector';
checks(threatsAreWatched, {
  config: alone('GRD-01'),
  passes: {
    'the detector is enabled': app(detector, { Enable: true }),
    'it is written as a text': app(detector, { Enable: 'true' }),
  },
  fails: {
    'the detector is suspended': app(detector, { Enable: false }),
    'nobody else may have one': { Resources: TOPIC },
  },
  unknown: { 'a parameter decides': { ...MAYBE, ...app(detector, { Enable: { Ref: 'Mode' } }) } },
  notApplicable: 'an app either has a detector, or the organisation is asked about',
});

const hub = 'AWS::SecurityHub::Hub';
checks(findingsAreGathered, {
  config: alone('SHB-01'),
  passes: {
    'there is a hub': app(hub),
    'there is one in another stack': {
      stacks: { Shop: { template: { Resources: TOPIC } }, Base: { template: app(hub) } },
    },
  },
  fails: {
    'nobody else may have one': { Resources: TOPIC },
    'no stack has one': {
      stacks: { A: { template: { Resources: TOPIC } }, B: { template: { Resources: TOPIC } } },
    },
  },
  unknown: { 'a condition may leave it out': { ...MAYBE, ...app(hub, {}, { Condition: 'Wanted' }) } },
  notApplicable: 'an app either has a hub, or the organisation is asked about',
});

const resilienceApp = 'AWS::ResilienceHub::App';
checks(resilienceIsAssessed, {
  config: alone('RHB-01'),
  passes: {
    'the app has a policy': app(resilienceApp, {
      ResiliencyPolicyArn: { 'Fn::GetAtt': ['Policy', 'PolicyArn'] },
    }),
    'the policy is elsewhere': app(resilienceApp, {
      ResiliencyPolicyArn: 'arn:aws:resiliencehub:eu-west-1:1:policy/p',
    }),
  },
  fails: {
    'it has none': app(resilienceApp),
    'there is no app': { Resources: TOPIC },
  },
  unknown: {
    'a condition may leave the policy out': {
      ...MAYBE,
      ...app(resilienceApp, {
        ResiliencyPolicyArn: { 'Fn::If': ['Wanted', 'arn', { Ref: 'AWS::NoValue' }] },
      }),
    },
  },
  notApplicable: 'an app either has one, or somebody else is asked about',
});

const PLAN = { Plan: { Type: 'AWS::SSMIncidents::ResponsePlan' } };
const set = (regions: readonly unknown[], more: object = PLAN) => ({
  Resources: {
    Subject: { Type: 'AWS::SSMIncidents::ReplicationSet', Properties: { Regions: regions } },
    ...more,
  },
});
const two = [{ RegionName: 'eu-west-1' }, { RegionName: 'eu-central-1' }];
checks(incidentsAreAnswered, {
  config: alone('INC-01'),
  passes: {
    'there are two regions and a plan': set(two),
    'there are three regions': set([...two, { RegionName: 'eu-north-1' }]),
  },
  fails: {
    'there is one region': set([{ RegionName: 'eu-west-1' }]),
    'there is no plan': set(two, TOPIC),
    'there is no replication set': { Resources: TOPIC },
  },
  unknown: {
    'a condition decides on the second region': {
      ...MAYBE,
      ...set([two[0], { 'Fn::If': ['Wanted', two[1], { Ref: 'AWS::NoValue' }] }]),
    },
    'a parameter names the regions': {
      ...MAYBE,
      Resources: {
        ...PLAN,
        Subject: { Type: 'AWS::SSMIncidents::ReplicationSet', Properties: { Regions: { Ref: 'Mode' } } },
      },
    },
    'a condition may leave the plan out': {
      ...MAYBE,
      ...set(two, { Plan: { ...PLAN.Plan, Condition: 'Wanted' } }),
    },
  },
  notApplicable: 'an app either has one, or the organisation is asked about',
  equivalent: { 'Subject.Regions.*': 'any two regions will do' },
});

describe('what the organisation may have', () => {
  const rules = [
    configurationIsRecorded,
    threatsAreWatched,
    findingsAreGathered,
    resilienceIsAssessed,
    incidentsAreAnswered,
  ];

  it('is unknown, once for the app', () => {
    const stacks = { A: { template: { Resources: TOPIC } }, B: { template: { Resources: TOPIC } } };
    for (const rule of rules) {
      const { verdicts } = audit([graphOf({ stacks })], { rules: [rule] });
      expect(verdicts.map(({ verdict, stack }) => [verdict, stack])).toEqual([['unknown', 'A']]);
    }
  });

  it('passes where the app has it', () => {
    expect(outcomeOf(findingsAreGathered, app(hub))).toBe('pass');
    expect(outcomeOf(incidentsAreAnswered, set(two))).toBe('pass');
  });

  it('says which response plans it does not see', () => {
    expect(outcomeOf(incidentsAreAnswered, set(two, TOPIC))).toBe('unknown');
  });
});
