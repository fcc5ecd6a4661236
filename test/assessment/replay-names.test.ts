import { metricsWatched, type ReplayedAlarm, replay } from '../../lib/assessment/replay';
import { sampleSourceOf } from '../../lib/calculus/alarms/sample-source';
import { graphOf, type TestApp } from '../support/graph';

const MINUTE = 60;
const END = 60 * MINUTE;

/** A metric by namespace, name and dimensions, that is far above every threshold from the half hour on. */
interface Data {
  readonly namespace?: string;
  readonly name?: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly region?: string;
}

const OF_FUNCTIONS = { namespace: 'AWS/Lambda', name: 'Errors' };

function replayed(app: TestApp, data: readonly Data[]): Readonly<Record<string, ReplayedAlarm>> {
  const graph = graphOf(app);
  const points = Array.from({ length: 60 }, (_, at) => [at * MINUTE, at < 30 ? 0 : 99] as const);
  const kept = data.map(({ region, dimensions, ...name }) => ({
    metric: { ...OF_FUNCTIONS, ...name, dimensions },
    ...(region !== undefined && { region }),
    samples: [{ statistic: 'Sum', period: MINUTE, points, covers: [{ from: 0, until: END }] }],
  }));
  const source = sampleSourceOf(kept, metricsWatched(graph));
  const alarms = replay(graph, source, { from: 0, until: END }, 'UNKNOWN');
  return Object.fromEntries(
    alarms.flatMap((each) => [
      [each.alarm.logicalId, each],
      [each.alarm.id, each],
    ]),
  );
}

const alarm = (dimensions: object, more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pages'],
    ...more,
  },
});

const onFunction = (id: string) => alarm({ FunctionName: { Ref: id } });
const fn = (Properties: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties });
const of = (FunctionName: string, region?: string): Data => ({
  dimensions: { FunctionName },
  ...(region && { region }),
});

/** What is said of an alarm: when it tells first, or why nobody knows. */
const said = ({ actions, unknown }: ReplayedAlarm = {} as ReplayedAlarm) =>
  actions?.find(({ state }) => state === 'ALARM')?.at ?? unknown ?? 'quiet';
const FIRES = 31 * MINUTE;

describe('a function with a name of its own', () => {
  const Resources = { Ledger: fn({ FunctionName: 'ledger-fn' }), Broken: onFunction('Ledger') };

  test('is told by its own data', () => {
    expect(said(replayed({ Resources }, [of('ledger-fn')]).Broken)).toBe(FIRES);
  });

  test('is not told by data of another', () => {
    expect(said(replayed({ Resources }, [of('pay-fn')]).Broken)).toBe(
      'there is no data of AWS/Lambda Errors (FunctionName=ledger-fn)',
    );
  });

  test('its data is not taken for that of a function whose name deploy makes', () => {
    const both = { ...Resources, Pay: fn(), PayBroken: onFunction('Pay') };
    const { Broken, PayBroken } = replayed({ Resources: both }, [of('ledger-fn')]);
    expect(said(Broken)).toBe(FIRES);
    expect(said(PayBroken)).toBe('there is no data of AWS/Lambda Errors (FunctionName={Pay})');
  });
});

describe('functions whose names CloudFormation makes', () => {
  const Resources = {
    Pay: fn(),
    PayBroken: onFunction('Pay'),
    Ledger: fn(),
    LedgerBroken: onFunction('Ledger'),
  };

  test('are told apart by their logical ids', () => {
    const { PayBroken, LedgerBroken } = replayed({ Resources }, [of('shop-Pay-1A2B3C4D5E6F')]);
    expect(said(PayBroken)).toBe(FIRES);
    expect(said(LedgerBroken)).toBe('there is no data of AWS/Lambda Errors (FunctionName={Ledger})');
  });

  test('are told apart by their stacks', () => {
    const template = { Resources: { Pay: fn(), PayBroken: onFunction('Pay') } };
    const all = replayed({ stacks: { dev: { template }, prod: { template } } }, [
      of('prod-Pay-1A2B3C4D5E6F'),
    ]);
    expect(said(all['prod/PayBroken'])).toBe(FIRES);
    expect(said(all['dev/PayBroken'])).toBe('there is no data of AWS/Lambda Errors (FunctionName={Pay})');
  });

  test('are told by names that were shortened, where nothing else can be meant', () => {
    const long = 'PaymentsOfEverybodyWhoEverOrderedAnythingAtAllFromAnyShop';
    const app = { Resources: { [long]: fn(), Broken: onFunction(long) } };
    expect(said(replayed(app, [of('shop-PaymentsOfEverybodyWhoEverOrde-1A2B3C4D5E6F')]).Broken)).toBe(FIRES);
    expect(said(replayed(app, [of('shop-LedgerOfEverybody-1A2B3C4D5E6F')]).Broken)).toContain('no data of');
  });

  // Of 32 characters 12 are random: five or six of the stack are left, and five of the logical id.
  test.each(['Chapt-LB8A1', 'Chapte-LB8A1', 'Chapt-LB8A12'])(
    'are told by those of load balancers, of which little is left: %s',
    (left) => {
      const balancer = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
      const LoadBalancer = { 'Fn::GetAtt': ['LB8A12904C', 'LoadBalancerFullName'] };
      const Metric = { Namespace: 'AWS/ApplicationELB', MetricName: 'HTTPCode_ELB_5XX_Count' };
      const template = { Resources: { LB8A12904C: balancer, Broken: alarm({ LoadBalancer }, Metric) } };
      const on = (name: string): Data => ({
        namespace: Metric.Namespace,
        name: Metric.MetricName,
        dimensions: { LoadBalancer: `app/${name}-2V5FSD3MIQEJ/50dc6c495c0c9188` },
      });
      const app = { stacks: { Chapter3Stack: { template } } };
      expect(said(replayed(app, [on(left)])['Chapter3Stack/Broken'])).toBe(FIRES);
      expect(said(replayed(app, [on('Other-LB8A1')])['Chapter3Stack/Broken'])).toContain('no data of');
    },
  );
});

describe('functions that parameters name', () => {
  const Parameters = { Name: { Type: 'String' }, Other: { Type: 'String' } };
  const Pay = fn({ FunctionName: { Ref: 'Name' } });

  test('are told where the app has only one', () => {
    const app = { Parameters, Resources: { Pay, PayBroken: onFunction('Pay') } };
    expect(said(replayed(app, [of('pay')]).PayBroken)).toBe(FIRES);
  });

  test('are not told apart by data of one of two', () => {
    const Ledger = fn({ FunctionName: { Ref: 'Other' } });
    const app = { Parameters, Resources: { Pay, Ledger, PayBroken: onFunction('Pay') } };
    expect(said(replayed(app, [of('pay')]).PayBroken)).toBe(
      'FunctionName=pay of the data can be that of Pay or of Ledger: give Pay a name that the template tells, for AWS/Lambda Errors (FunctionName={Pay})',
    );
  });

  test('are not told by several metrics of the data', () => {
    const app = { Parameters, Resources: { Pay, PayBroken: onFunction('Pay') } };
    expect(said(replayed(app, [of('pay'), of('ledger')]).PayBroken)).toBe(
      'AWS/Lambda Errors (FunctionName={Pay}) can be 2 metrics of the data (FunctionName=pay, FunctionName=ledger): give Pay a name that the template tells',
    );
  });

  test('do not take the data of one that an alarm names by hand', () => {
    const Hand = alarm({ FunctionName: 'ledger' });
    const app = { Parameters, Resources: { Pay, PayBroken: onFunction('Pay'), Hand } };
    const { PayBroken, Hand: byHand } = replayed(app, [of('ledger')]);
    expect(said(byHand)).toBe(FIRES);
    expect(said(PayBroken)).toContain('can be that of Pay or of ledger');
  });

  test('of two regions are told apart by the region of the data', () => {
    const template = { Parameters, Resources: { Pay, PayBroken: onFunction('Pay') } };
    const stacks = { there: { template, region: 'us-east-1' }, here: { template, region: 'eu-west-1' } };
    const all = replayed({ stacks }, [of('pay', 'eu-west-1')]);
    expect(said(all['here/PayBroken'])).toBe(FIRES);
    expect(said(all['there/PayBroken'])).toBe(
      'there is no data of AWS/Lambda Errors (FunctionName={Pay}) in us-east-1',
    );
  });
});

describe('queues', () => {
  const QUEUES = { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent' };
  const onQueue = (id: string) => alarm({ QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } }, QUEUES);
  const data = (QueueName: string): Data => ({
    namespace: 'AWS/SQS',
    name: 'NumberOfMessagesSent',
    dimensions: { QueueName },
  });
  const queue = (Properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties });

  test('with names of their own fire on their own data only', () => {
    const Resources = {
      Orders: queue({ QueueName: 'orders' }),
      Mails: queue({ QueueName: 'mails' }),
      OrdersFull: onQueue('Orders'),
      MailsFull: onQueue('Mails'),
    };
    const { OrdersFull, MailsFull } = replayed({ Resources }, [data('mails')]);
    expect(said(MailsFull)).toBe(FIRES);
    expect(said(OrdersFull)).toBe('there is no data of AWS/SQS NumberOfMessagesSent (QueueName=orders)');
  });

  test('of which CloudFormation names one are told apart, first in, first out or not', () => {
    const Resources = {
      Orders: queue({ QueueName: 'orders' }),
      Mails: queue({ FifoQueue: true }),
      OrdersFull: onQueue('Orders'),
      MailsFull: onQueue('Mails'),
    };
    const { OrdersFull, MailsFull } = replayed({ Resources }, [data('shop-Mails-Xy12Zw34.fifo')]);
    expect(said(MailsFull)).toBe(FIRES);
    expect(said(OrdersFull)).toContain('no data of');
    expect(said(replayed({ Resources }, [data('orders')]).MailsFull)).toContain('no data of');
  });
});

describe('services', () => {
  const CPU = { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization' };
  const onService = (id: string) =>
    alarm({ ClusterName: { Ref: 'Cluster' }, ServiceName: { 'Fn::GetAtt': [id, 'Name'] } }, CPU);
  const data = (ServiceName: string): Data => ({
    namespace: 'AWS/ECS',
    name: 'CPUUtilization',
    dimensions: { ClusterName: 'main', ServiceName },
  });

  test('of which one has a name of its own are told apart', () => {
    const Resources = {
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'main' } },
      Web: { Type: 'AWS::ECS::Service', Properties: { ServiceName: 'web' } },
      Pay: { Type: 'AWS::ECS::Service', Properties: {} },
      WebBusy: onService('Web'),
      PayBusy: onService('Pay'),
    };
    const ofWeb = replayed({ Resources }, [data('web')]);
    expect(said(ofWeb.WebBusy)).toBe(FIRES);
    expect(said(ofWeb.PayBusy)).toContain('no data of');
    const ofPay = replayed({ Resources }, [data('shop-Pay-AbCdEf123456')]);
    expect(said(ofPay.PayBusy)).toBe(FIRES);
    expect(said(ofPay.WebBusy)).toContain('no data of');
  });
});

describe('names within longer ones', () => {
  const STATES = { Namespace: 'AWS/States', MetricName: 'ExecutionsFailed' };
  const data = (name: string): Data => ({
    namespace: 'AWS/States',
    name: 'ExecutionsFailed',
    dimensions: { StateMachineArn: `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}` },
  });

  test('the ARN of a state machine ends in its name', () => {
    const machine = (StateMachineName: string) => ({
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { StateMachineName },
    });
    const Resources = {
      Ship: machine('ship'),
      Bill: machine('bill'),
      ShipFails: alarm({ StateMachineArn: { Ref: 'Ship' } }, STATES),
      BillFails: alarm({ StateMachineArn: { 'Fn::GetAtt': ['Bill', 'Arn'] } }, STATES),
    };
    const { ShipFails, BillFails } = replayed({ Resources }, [data('bill')]);
    expect(said(BillFails)).toBe(FIRES);
    expect(said(ShipFails)).toContain('no data of');
  });

  test('the full name of a load balancer holds its name', () => {
    const BALANCERS = { Namespace: 'AWS/ApplicationELB', MetricName: 'HTTPCode_ELB_5XX_Count' };
    const balancer = (Name: string) => ({
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Name },
    });
    const on = (id: string) =>
      alarm({ LoadBalancer: { 'Fn::GetAtt': [id, 'LoadBalancerFullName'] } }, BALANCERS);
    const Resources = {
      Shop: balancer('shop'),
      Admin: balancer('admin'),
      ShopFails: on('Shop'),
      AdminFails: on('Admin'),
    };
    const { ShopFails, AdminFails } = replayed({ Resources }, [
      {
        namespace: 'AWS/ApplicationELB',
        name: 'HTTPCode_ELB_5XX_Count',
        dimensions: { LoadBalancer: 'app/admin/50dc6c495c0c9188' },
      },
    ]);
    expect(said(AdminFails)).toBe(FIRES);
    expect(said(ShopFails)).toContain('no data of');
  });

  test('what the template tells of a joined name must be there', () => {
    const joined = { 'Fn::Join': ['-', ['pay', { Ref: 'Stage' }]] };
    const app = {
      Parameters: { Stage: { Type: 'String' } },
      Resources: { Broken: alarm({ FunctionName: joined }) },
    };
    expect(said(replayed(app, [of('pay-live')]).Broken)).toBe(FIRES);
    expect(said(replayed(app, [of('ledger-live')]).Broken)).toContain('no data of');
  });

  test('a value in braces is what it says', () => {
    const api = (path: string) => ({
      namespace: 'AWS/ApiGateway',
      name: '5XXError',
      dimensions: { Resource: path },
    });
    const Fails = alarm({ Resource: '{proxy+}' }, { Namespace: 'AWS/ApiGateway', MetricName: '5XXError' });
    expect(said(replayed({ Resources: { Fails } }, [api('/orders')]).Fails)).toContain('no data of');
    expect(said(replayed({ Resources: { Fails } }, [api('{proxy+}')]).Fails)).toBe(FIRES);
  });
});
