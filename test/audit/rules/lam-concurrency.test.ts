import { accountHasConcurrencyLeft, concurrencyFitsBehind } from '../../../lib/audit/rules/lam-concurrency';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const reserving = (...counts: unknown[]) => ({
  Resources: Object.fromEntries(
    counts.map((count, index) => [
      `Function${index}`,
      of('Lambda::Function', { ReservedConcurrentExecutions: count }),
    ]),
  ),
});
const stack = (region: string, count: number) => ({ region, template: reserving(count) });

checks(accountHasConcurrencyLeft, {
  passes: {
    'enough is left': reserving(400, 500),
    'each region has its own': { stacks: { One: stack('eu-west-1', 600), Two: stack('eu-central-1', 600) } },
  },
  fails: {
    'too little is left': reserving(400, 501),
    'two stacks of one region take it': {
      stacks: { One: stack('eu-west-1', 600), Two: stack('eu-west-1', 600) },
    },
    'what is provisioned counts': {
      Resources: {
        Function: of('Lambda::Function', { ReservedConcurrentExecutions: 500 }),
        Alias: of('Lambda::Alias', {
          FunctionName: 'other',
          ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 500 },
        }),
      },
    },
  },
  unknown: { 'deploy decides': reserving(400, OPEN) },
  notApplicable: { 'nothing is reserved': {} },
});

const mapping = (MaximumConcurrency: unknown, reserved: object) => ({
  Resources: {
    Mapping: of('Lambda::EventSourceMapping', {
      FunctionName: { Ref: 'Function' },
      ScalingConfig: { MaximumConcurrency },
    }),
    Function: of('Lambda::Function', reserved),
  },
});

const HOST = { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] };
const QUEUED = of('Lambda::EventSourceMapping', {
  FunctionName: { Ref: 'Function' },
  EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
});
/** A function that connects to a database. */
const connecting = (lambda: object, database: object, more: object = {}) => ({
  Resources: {
    Function: of('Lambda::Function', { ...lambda, Environment: { Variables: { HOST } } }),
    Database: of('RDS::DBInstance', { Engine: 'postgres', DBInstanceClass: 'db.t3.micro', ...database }),
    ...more,
  },
});
const LIMITED = {
  DBParameterGroupName: { Ref: 'Parameters' },
};
const group = (max_connections: unknown) => ({
  Parameters: of('RDS::DBParameterGroup', { Parameters: { max_connections } }),
});
const queue = (mapping: object = {}) => ({
  Queue: of('SQS::Queue'),
  Poll: { ...QUEUED, Properties: { ...QUEUED.Properties, ...mapping } },
});
const clustered = (instance: object) => ({
  Resources: {
    Function: of('Lambda::Function', {
      ReservedConcurrentExecutions: 500,
      Environment: { Variables: { HOST } },
    }),
    Database: of('RDS::DBCluster', { Engine: 'aurora-mysql' }),
    Writer: of('RDS::DBInstance', { DBClusterIdentifier: { Ref: 'Database' }, ...instance }),
  },
});

checks(concurrencyFitsBehind, {
  passes: {
    'its database takes as many connections': connecting(
      { ReservedConcurrentExecutions: 100 },
      LIMITED,
      group(100),
    ),
    'its queue holds it back': connecting({}, LIMITED, {
      ...group(100),
      ...queue({ ScalingConfig: { MaximumConcurrency: 50 } }),
    }),
    'it takes less than it may run': mapping(5, { ReservedConcurrentExecutions: 10 }),
    'it takes as much': mapping('10', { ReservedConcurrentExecutions: '10' }),
  },
  fails: {
    'it takes more': mapping(20, { ReservedConcurrentExecutions: 10 }),
    'its database takes fewer connections': connecting(
      { ReservedConcurrentExecutions: 101 },
      LIMITED,
      group(100),
    ),
    'the memory of its database gives fewer connections': connecting(
      { ReservedConcurrentExecutions: 200 },
      {},
    ),
    'each message may start one': connecting({}, {}, queue()),
    'each request may start one': connecting(
      {},
      {},
      {
        Api: of('ApiGatewayV2::Integration', { IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] } }),
      },
    ),
    'the largest instance of its cluster gives fewer': clustered({ DBInstanceClass: 'db.t3.medium' }),
    'it may run one': mapping(2, { ReservedConcurrentExecutions: 1 }),
  },
  unknown: {
    'deploy decides': mapping(OPEN, { ReservedConcurrentExecutions: 10 }),
    'the memory may do': connecting({ ReservedConcurrentExecutions: 50 }, {}),
    'the class is of another family': connecting(
      { ReservedConcurrentExecutions: 5000 },
      { DBInstanceClass: 'db.x2g.large' },
    ),
    'the class is given at deploy': clustered({ DBInstanceClass: OPEN }),
    'nothing shows how often it runs': connecting({}, {}),
    'only a schedule is seen to call it': connecting(
      {},
      {},
      {
        Nightly: of('Events::Rule', {
          ScheduleExpression: 'rate(1 day)',
          Targets: [{ Arn: { 'Fn::GetAtt': ['Function', 'Arn'] } }],
        }),
      },
    ),
    'how many it reserves is given at deploy': connecting({ ReservedConcurrentExecutions: OPEN }, {}),
  },
  notApplicable: {
    'it goes through a proxy': connecting(
      { ReservedConcurrentExecutions: 500 },
      {},
      {
        Proxy: of('RDS::DBProxy'),
        Function: of('Lambda::Function', {
          Environment: { Variables: { HOST, PROXY: { 'Fn::GetAtt': ['Proxy', 'Endpoint'] } } },
        }),
      },
    ),
    'it sets no maximum': {},
    'nothing is reserved': mapping(5, {}),
  },
  equivalent: {
    'Mapping.FunctionName': 'a function outside of the app is not known',
    'Function.Environment.*': 'who does not connect needs no connections',
    'Database.Engine': 'the parameter group says how many there are',
    'Database.DBInstanceClass': 'the parameter group says how many there are',
    'Database.DBParameterGroupName': 'a group outside of the app may set anything',
    'Poll.*': 'without its queue nothing shows how often the function runs',
  },
});
