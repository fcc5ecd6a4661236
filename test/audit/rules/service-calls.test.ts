import { callsLeadToNoLowerTier, callsRunInNoCircle } from '../../../lib/audit/rules/service-calls';
import type { Tier } from '../../../lib/objectives/tier';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const tagged = (service: string, tier: Tier) => ({
  Tags: [
    { Key: 'resilience:service', Value: service },
    { Key: 'resilience:tier', Value: String(tier) },
  ],
});

const roleFor = (callee: unknown) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: callee }],
        },
      },
    ],
  },
});

/** The web function of `shop` at tier 1 calls a function of `prices`. */
const calling = (tier: Tier, { service = 'prices', grant = att('Callee', 'Arn') as unknown } = {}) => ({
  Resources: {
    Caller: { Type: 'AWS::Lambda::Function', Properties: { Role: att('Role', 'Arn'), ...tagged('shop', 1) } },
    Role: roleFor(grant),
    Callee: { Type: 'AWS::Lambda::Function', Properties: tagged(service, tier) },
  },
});

const database = (tier: Tier) => ({
  Resources: {
    Caller: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Environment: { Variables: { HOST: att('Database', 'Endpoint.Address') } },
        ...tagged('shop', 1),
      },
    },
    Database: { Type: 'AWS::RDS::DBInstance', Properties: tagged('ledger', tier) },
  },
});

/** Two stacks; the one of `shop` may do without `prices`. */
const soft = (...without: readonly string[]) => ({
  stacks: {
    shop: placeOf(
      { name: 'shop', tier: 1, soft: without },
      {
        Caller: {
          Type: 'AWS::Lambda::Function',
          Properties: { Role: att('Role', 'Arn'), Environment: { Variables: { CALLEE: 'prices' } } },
        },
        Role: roleFor('*'),
      },
    ),
    prices: placeOf(
      { name: 'prices', tier: 3 },
      { Callee: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'prices' } } },
    ),
  },
});

checks(callsLeadToNoLowerTier, {
  passes: {
    'a function of the same tier is called': calling(1),
    'a database of a more critical service is used': database(0),
    'what is called is of the same service': calling(3, { service: 'shop' }),
  },
  fails: {
    'a function of a lower tier is called': calling(3),
    'a database of a lower tier is used': database(2),
    'the dependency is not declared soft': soft(),
  },
  unknown: {
    'what is called belongs to no declared service': {
      Resources: { ...calling(3).Resources, Callee: { Type: 'AWS::Lambda::Function' } },
    },
    'whether it may call is known only at deploy': {
      stacks: {
        ...soft().stacks,
        shop: placeOf(
          { name: 'shop', tier: 1 },
          {
            Caller: {
              Type: 'AWS::Lambda::Function',
              Properties: {
                Role: 'arn:aws:iam::111122223333:role/own',
                Environment: { Variables: { CALLEE: 'prices' } },
              },
            },
          },
        ),
      },
    },
  },
  notApplicable: {
    'nothing is called': {
      Resources: { Caller: { Type: 'AWS::Lambda::Function', Properties: tagged('shop', 0) } },
    },
    'neither belongs to a service': {
      Resources: {
        Caller: { Type: 'AWS::Lambda::Function', Properties: { Role: att('Role', 'Arn') } },
        Role: roleFor(att('Callee', 'Arn')),
        Callee: { Type: 'AWS::Lambda::Function' },
      },
    },
  },
  equivalent: {
    'Caller.Environment.Variables.HOST': 'without the address nothing is called',
    'Caller.Role': 'without its role nothing is seen to be called',
    'Caller.Tags.*.Key': 'without the tag the service is not declared',
    'Caller.Tags.0.Value': 'without the tag the service is not declared, and of the same service all is well',
    'Caller.Tags.1.Value': 'what is called is of the tier of its own service',
    'Callee.Tags.1.Value': 'within one service no tier decides',
    'Callee.Tags.*.Key': 'without the tag the service is not declared',
    'Callee.Tags.0.Value': 'without the tag the service is not declared, and any other name is as good',
    'Database.Tags.*.Key': 'without the tag the service is not declared',
    'Database.Tags.0.Value': 'without the tag the service is not declared, and any other name is as good',
    'Role.Policies.*': 'without the grant nothing is called',
  },
});

describe('X-50', () => {
  it('lets services wait for what they are declared to do without', () => {
    expect(outcomeOf(callsLeadToNoLowerTier, soft('prices'))).toBe('pass');
  });
});

/** The services call each other as the pairs say, each by its one function. */
const calls = (...pairs: readonly (readonly [string, string])[]) => {
  const names = [...new Set(pairs.flat())];
  return {
    Resources: Object.fromEntries(
      names.flatMap((name) => [
        [
          `${name}Function`,
          {
            Type: 'AWS::Lambda::Function',
            Properties: { Role: att(`${name}Role`, 'Arn'), ...tagged(name, 1) },
          },
        ],
        [
          `${name}Role`,
          roleFor(pairs.filter(([from]) => from === name).map(([, to]) => att(`${to}Function`, 'Arn'))),
        ],
      ]),
    ),
  };
};

const imported = () => {
  const { Resources } = calls(['a', 'b'], ['b', 'c']);
  return {
    Resources: {
      ...Resources,
      cFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Role: 'arn:aws:iam::111122223333:role/own',
          Environment: { Variables: { A: { Ref: 'aFunction' } } },
          ...tagged('c', 1),
        },
      },
    },
  };
};

checks(callsRunInNoCircle, {
  passes: {
    'calls lead one way': calls(['a', 'b'], ['b', 'c']),
    'one calls two others': calls(['a', 'b'], ['a', 'c'], ['b', 'c']),
  },
  fails: {
    'two call each other': calls(['a', 'b'], ['b', 'a']),
    'three call each other in turn': calls(['a', 'b'], ['b', 'c'], ['c', 'a']),
  },
  unknown: { 'whether one of them calls is known only at deploy': imported() },
  notApplicable: {
    'only one service is declared': {
      Resources: { F: { Type: 'AWS::Lambda::Function', Properties: tagged('a', 1) } },
    },
    'nothing is declared': { Resources: { F: { Type: 'AWS::Lambda::Function' } } },
  },
  equivalent: {
    '*Function.Role': 'with another role it makes other calls, which no single change turns back',
    '*Function.Tags.*': 'a name that is another one closes no circle here',
    '*Role.Policies.*': 'a grant on something else closes no circle, for each role names one function only',
  },
});
