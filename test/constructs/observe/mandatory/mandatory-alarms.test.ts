import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, AlarmRule, CfnAlarm, CompositeAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  App,
  Aspects,
  CfnCondition,
  type CfnResource,
  Duration,
  Fn,
  NestedStack,
  Stack,
} from 'aws-cdk-lib/core';
import { MANDATORY_METRICS } from '../../../../lib/calculus/mandatory-metrics';
import { Span } from '../../../../lib/calculus/time-span';
import {
  declareService,
  type ServiceScopeOptions,
} from '../../../../lib/constructs/governance/service-scope';
import { MandatoryAlarms } from '../../../../lib/constructs/observe/mandatory/mandatory-alarms';
import { tagDataClass } from '../../../../lib/constructs/recovery/data-class-tag';
import { Objectives } from '../../../../lib/objectives/objectives';
import { TIERS, Tier } from '../../../../lib/objectives/tier';
import { ACCOUNT, refusal, shopOf, shopStack } from '../../fixtures';
import { plain, verdictsOf } from './audited';

/** What a template must say of a type for its metrics to have a name. */
const NEEDED: Readonly<Record<string, object>> = {
  'AWS::ApiGateway::RestApi': { Name: 'shop' },
  'AWS::ElastiCache::ReplicationGroup': { NumNodeGroups: 2, ReplicasPerNodeGroup: 2 },
  'AWS::MSK::Cluster': { ClusterName: 'shop', NumberOfBrokerNodes: 3 },
  'AWS::MemoryDB::Cluster': { ClusterName: 'shop' },
  'AWS::RDS::DBInstance': { AllocatedStorage: '100', Engine: 'postgres' },
};

function built(stack: Stack, type: string, properties: object = {}): void {
  const it = plain(stack, type, { ...NEEDED[type], ...properties });
  if (type !== 'AWS::ElasticLoadBalancingV2::TargetGroup') return;
  const balancer = plain(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer', {}, 'Balancer');
  const actions = [{ Type: 'forward', TargetGroupArn: it.ref }];
  const listener = { LoadBalancerArn: balancer.ref, DefaultActions: actions };
  plain(stack, 'AWS::ElasticLoadBalancingV2::Listener', listener, 'Listener');
}

function alarmsIn(stack: Stack): Readonly<Record<string, { readonly Properties: Record<string, unknown> }>> {
  return Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm') as never;
}

function onlyAlarm(stack: Stack): Record<string, unknown> {
  const [only, another] = Object.values(alarmsIn(stack));
  expect(another).toBeUndefined();
  return only?.Properties ?? {};
}

function queueIn(stack: Stack): Queue {
  return new Queue(stack, 'Orders');
}

describe('the rules on alarms', () => {
  it.each(Object.keys(MANDATORY_METRICS))('find nothing wrong with what watches %s', (type) => {
    for (const tier of [Tier.MISSION_CRITICAL, Tier.BUSINESS_CRITICAL]) {
      const build = (stack: Stack) => {
        built(stack, type);
        const alarms = MandatoryAlarms.of(stack);
        alarms.noticesOf(stack).addSubscription(new EmailSubscription('on-call@example.com'));
      };
      const verdicts = verdictsOf(build, { tier }).filter(({ rule }) => rule !== 'X-74' && rule !== 'X-75');
      expect(verdicts.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
      expect(
        verdicts.filter(({ rule, verdict }) => rule === 'X-70' && verdict === 'pass').length,
      ).toBeGreaterThan(0);
    }
  });

  it('find each of them lacking without it: the test above tells something', () => {
    for (const type of Object.keys(MANDATORY_METRICS)) {
      const found = verdictsOf((stack) => built(stack, type));
      expect([
        type,
        found.filter(({ rule, verdict }) => rule === 'X-70' && verdict === 'fail').length,
      ]).not.toEqual([type, 0]);
    }
  });
});

describe('MandatoryAlarms', () => {
  it.each(TIERS)('watches what serves at tiers 0 and 1 only (tier %i)', (tier) => {
    const stack = shopStack(tier);
    queueIn(stack);
    MandatoryAlarms.of(stack);
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', tier <= 1 ? 1 : 0);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', tier <= 1 ? 1 : 0);
  });

  it('leaves alone what belongs to no service, unless it is told a tier', () => {
    const counts = [undefined, Tier.IMPORTANT, Tier.BUSINESS_CRITICAL].map((tier) => {
      const stack = new Stack(new App(), 'Plain');
      queueIn(stack);
      MandatoryAlarms.of(stack, tier === undefined ? {} : { tier });
      return Object.keys(alarmsIn(stack)).length;
    });
    expect(counts).toEqual([0, 0, 1]);
  });

  it('lets the declared service have the last word', () => {
    const stack = shopStack(Tier.IMPORTANT);
    queueIn(stack);
    MandatoryAlarms.of(stack, { tier: Tier.MISSION_CRITICAL });
    expect(alarmsIn(stack)).toEqual({});
  });

  it('leaves stages alone that are not production, unless asked', () => {
    const counts = [false, true].map((inNonProduction) => {
      const stack = shopStack(Tier.BUSINESS_CRITICAL, { nonProduction: true });
      queueIn(stack);
      MandatoryAlarms.of(stack, { inNonProduction });
      return Object.keys(alarmsIn(stack)).length;
    });
    expect(counts).toEqual([0, 1]);
  });

  it('says what is wrong, how that is reckoned, what to do and where the runbook is', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, {}, { runbook: 'docs/runbooks/shop.md' });
    queueIn(stack);
    MandatoryAlarms.of(stack);
    const {
      AlarmDescription: text,
      Tags: tags,
      OKActions: ok,
      ActionConfiguration: propagation,
    } = onlyAlarm(stack);
    expect(text).toMatch(
      /^Shop\/Orders\/Resource holds messages .*at least 300 \(10 times its visibility timeout\) for 5 min\. What to do: .*Runbook: docs\/runbooks\/shop\.md$/,
    );
    const words = (tags as { Key: string; Value: string }[]).map(({ Key, Value }) => `${Key}=${Value}`);
    expect(words).toEqual(
      expect.arrayContaining([
        'resilience:service=shop',
        'resilience:tier=1',
        'resilience:layer=infrastructure',
        'resilience:runbook=docs/runbooks/shop.md',
        'resilience:severity=ticket',
      ]),
    );
    expect([ok, propagation]).toEqual([
      [{ Ref: expect.any(String) }],
      { AlarmTagsPropagation: { Enabled: true } },
    ]);
  });

  it('records how soon outages are found', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    queueIn(stack);
    MandatoryAlarms.of(stack);
    expect(JSON.stringify(Template.fromStack(stack).toJSON().Metadata)).toContain('outages are found within');
  });

  it('watches an app in all its stacks, nested ones too, each with a topic of its own', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    declareService(app, shopOf(Tier.BUSINESS_CRITICAL));
    queueIn(stack);
    const nested = new NestedStack(stack, 'Part');
    queueIn(nested);
    const alarms = MandatoryAlarms.of(app);
    expect(alarms.alarms).toEqual([]);
    Template.fromStack(nested).resourceCountIs('AWS::SNS::Topic', 1);
    expect([stack, nested].map((each) => Object.keys(alarmsIn(each)).length)).toEqual([1, 1]);
    expect(alarms.alarms).toHaveLength(2);
  });

  it.each([true, false])('sees what an aspect adds to a resource first (stabilised: %s)', (stabilised) => {
    const app = new App({ context: { '@aws-cdk/core:aspectStabilization': stabilised } });
    const stack = new Stack(app, 'Shop', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    declareService(stack, shopOf(Tier.BUSINESS_CRITICAL));
    queueIn(stack);
    new Queue(stack, 'Mails');
    MandatoryAlarms.of(app);
    Aspects.of(app).add({
      visit: (node) => {
        if (!(node instanceof Queue) || node.node.id !== 'Orders') return;
        const metric = new Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateAgeOfOldestMessage',
          dimensionsMap: { QueueName: node.queueName },
        });
        new Alarm(node, 'Theirs', { metric, threshold: 900, evaluationPeriods: 1 });
      },
    });
    const found = Object.values(alarmsIn(stack)).map(({ Properties }) => Properties);
    expect(found.map(({ Threshold }) => Threshold).sort()).toEqual([300, 900]);
    expect(found.every(({ AlarmActions }) => AlarmActions !== undefined)).toBe(true);
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::SNS::Topic'))).toContain(
      'resilience:service',
    );
  });

  it('keeps the condition of what it watches', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const isBig = new CfnCondition(stack, 'IsBig', { expression: Fn.conditionEquals('a', 'b') });
    (queueIn(stack).node.defaultChild as CfnResource).cfnOptions.condition = isBig;
    MandatoryAlarms.of(stack);
    const [alarm] = Object.values(alarmsIn(stack));
    expect(alarm).toMatchObject({ Condition: 'IsBig' });
  });
});

describe('an alarm that is there', () => {
  const age = { metricName: 'ApproximateAgeOfOldestMessage', namespace: 'AWS/SQS' };
  const alarmOn = (stack: Stack, queue: Queue): Alarm =>
    new Alarm(stack, 'Mine', {
      metric: new Metric({ ...age, dimensionsMap: { QueueName: queue.queueName } }),
      threshold: 900,
      evaluationPeriods: 1,
    });

  it('is enough', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    alarmOn(stack, queueIn(stack)).addAlarmAction(new SnsAction(new Topic(stack, 'Mine2')));
    MandatoryAlarms.of(stack);
    expect(onlyAlarm(stack)).toMatchObject({
      Threshold: 900,
      AlarmActions: [{ Ref: expect.stringMatching(/^Mine2/) }],
    });
  });

  it('is enough in another stack of the region, and by name', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const queue = new Queue(stack, 'Orders', { queueName: 'orders' });
    const watching = new Stack(stack.node.root as App, 'Watching', {
      env: { account: ACCOUNT, region: 'eu-west-1' },
    });
    alarmOn(watching, queue).addAlarmAction(new SnsAction(new Topic(watching, 'Told')));
    new Queue(stack, 'Mails', { queueName: 'mails' });
    new CfnAlarm(watching, 'ByName', {
      ...age,
      dimensions: [{ name: 'QueueName', value: 'mails' }],
      alarmActions: ['arn:aws:sns:eu-west-1:111122223333:told'],
      comparisonOperator: 'GreaterThanThreshold',
      evaluationPeriods: 1,
    });
    MandatoryAlarms.of(stack);
    expect(alarmsIn(stack)).toEqual({});
  });

  it('is made to tell where it tells nobody', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    alarmOn(stack, queueIn(stack));
    MandatoryAlarms.of(stack);
    expect(onlyAlarm(stack)).toMatchObject({
      Threshold: 900,
      AlarmActions: [{ Ref: expect.stringMatching(/^AlarmNotices/) }],
    });
  });

  it('is left as it is where a composite alarm or a rule tells for it', () => {
    const composed = shopStack(Tier.BUSINESS_CRITICAL);
    const part = alarmOn(composed, queueIn(composed));
    const whole = new CompositeAlarm(composed, 'Whole', { alarmRule: AlarmRule.anyOf(part) });
    whole.addAlarmAction(new SnsAction(new Topic(composed, 'Told')));
    MandatoryAlarms.of(composed);
    expect(onlyAlarm(composed)).not.toHaveProperty('AlarmActions');

    const ruled = shopStack(Tier.BUSINESS_CRITICAL);
    alarmOn(ruled, queueIn(ruled));
    const deadLetters = new Queue(ruled, 'Failed');
    new Rule(ruled, 'All', {
      eventPattern: { source: ['aws.cloudwatch'], detailType: ['CloudWatch Alarm State Change'] },
      targets: [new SqsQueue(deadLetters)],
    });
    MandatoryAlarms.of(ruled);
    expect(
      Object.values(alarmsIn(ruled)).filter(({ Properties }) => Properties.AlarmActions === undefined),
    ).toHaveLength(1);
  });

  it('is left as it is where somebody switched it off', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    (alarmOn(stack, queueIn(stack)).node.defaultChild as CfnAlarm).actionsEnabled = false;
    MandatoryAlarms.of(stack);
    expect(onlyAlarm(stack)).not.toHaveProperty('AlarmActions');
  });

  it('does not do for another resource', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    alarmOn(stack, queueIn(stack));
    new Queue(stack, 'Mails');
    MandatoryAlarms.of(stack);
    expect(Object.keys(alarmsIn(stack))).toHaveLength(2);
  });

  it('is enough when the same part of the tree is asked for twice', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    queueIn(stack);
    MandatoryAlarms.of(stack);
    MandatoryAlarms.of(stack.node.root);
    expect(Object.keys(alarmsIn(stack))).toHaveLength(1);
  });
});

describe('what is asked of a metric', () => {
  const thresholdOn = (type: string, properties: object, metric: RegExp): unknown => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    built(stack, type, properties);
    MandatoryAlarms.of(stack);
    const found = Object.values(alarmsIn(stack)).find(({ Properties }) =>
      metric.test(JSON.stringify(Properties)),
    );
    return found?.Properties.Threshold;
  };

  it.each([
    ['AWS::RDS::DBInstance', { AllocatedStorage: '100' }, /FreeStorageSpace/, 10_737_418_240],
    [
      'AWS::RDS::DBInstance',
      { AllocatedStorage: { Ref: 'AWS::NoValue' } },
      /FreeStorageSpace/,
      10_737_418_240,
    ],
    ['AWS::OpenSearchService::Domain', { EBSOptions: { VolumeSize: 100 } }, /FreeStorageSpace/, 25_600],
    ['AWS::OpenSearchService::Domain', {}, /FreeStorageSpace/, 20_480],
    ['AWS::AutoScaling::AutoScalingGroup', { MinSize: '4' }, /GroupInService/, 4],
    ['AWS::Kinesis::Stream', { RetentionPeriodHours: 168 }, /IteratorAge/, 151_200_000],
    ['AWS::Kinesis::Stream', {}, /IteratorAge/, 21_600_000],
    ['AWS::SQS::Queue', { VisibilityTimeout: 180 }, /OldestMessage/, 1_800],
  ])('depends on what %s is given: %j', (type, properties, metric, threshold) => {
    expect(thresholdOn(type, properties, metric)).toBe(threshold);
  });

  it('depends on the kind within the type', () => {
    expect(thresholdOn('AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }, /ExecutionError/)).toBe(5);
    expect(thresholdOn('AWS::EFS::FileSystem', { PerformanceMode: 'maxIO' }, /BurstCreditBalance/)).toBe(
      192_000_000_000,
    );
    expect(thresholdOn('AWS::EFS::FileSystem', {}, /BurstCreditBalance/)).toBeUndefined();
  });

  it('is for a queue of dead letters that nothing is in it', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const failed = new Queue(stack, 'Failed');
    new Queue(stack, 'Orders', { deadLetterQueue: { queue: failed, maxReceiveCount: 3 } });
    MandatoryAlarms.of(stack);
    const names = Object.values(alarmsIn(stack)).map(({ Properties }) => Properties.MetricName);
    expect(names.sort()).toEqual(['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible']);
  });

  it('is the worst of the nodes, as many as one alarm takes', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    built(stack, 'AWS::ElastiCache::ReplicationGroup', { NumNodeGroups: 4, ReplicasPerNodeGroup: 2 });
    MandatoryAlarms.of(stack);
    const sizes = Object.values(alarmsIn(stack)).map(
      ({ Properties }) => (Properties.Metrics as unknown[]).length,
    );
    expect(sizes.sort()).toEqual([10, 10, 4, 4]);
  });

  it('is found within half of the time in which the region must be back', () => {
    const stack = shopStack(
      Tier.MISSION_CRITICAL,
      {},
      {
        objectives: Objectives.forTier(Tier.MISSION_CRITICAL, {
          availabilityZone: { rto: Span.minutes(1) },
          region: { rto: Span.minutes(5) },
        }),
      },
    );
    plain(stack, 'AWS::EC2::NatGateway');
    plain(stack, 'AWS::Lambda::Function', {}, 'Work');
    MandatoryAlarms.of(stack);
    const looks = Object.values(alarmsIn(stack)).map(
      ({ Properties: { MetricName, Period, EvaluationPeriods } }) => [
        MetricName,
        Number(Period) * Number(EvaluationPeriods),
      ],
    );
    expect(Object.fromEntries(looks)).toEqual({ ErrorPortAllocation: 120, Errors: 120, Throttles: 120 });
  });
});

describe('what needs no alarm', () => {
  it('is a function that runs only while a stack is deployed', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const handler = new LambdaFunction(stack, 'Handler', {
      code: Code.fromInline('x'),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
    });
    plain(stack, 'Custom::Thing', { ServiceToken: handler.functionArn });
    MandatoryAlarms.of(stack);
    expect(alarmsIn(stack)).toEqual({});
  });

  it('is an instance whose cluster is watched, and a group of a function', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    plain(stack, 'AWS::RDS::DBInstance', { Engine: 'aurora-mysql' }, 'Member');
    plain(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'lambda' }, 'Group');
    plain(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }, 'Balancer');
    MandatoryAlarms.of(stack);
    expect(alarmsIn(stack)).toEqual({});
  });

  it('is warned of where it cannot be told what the metric is called', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    plain(stack, 'AWS::CloudFront::Distribution', {}, 'Front');
    plain(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup', {}, 'Group');
    MandatoryAlarms.of(stack);
    expect(alarmsIn(stack)).toEqual({});
    const words = stack.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
    expect(words.filter((each) => each.includes('no alarm on')).sort()).toEqual([
      expect.stringContaining(
        'no alarm on 5xxErrorRate: its metrics are in us-east-1 only, where its stack is not',
      ),
      expect.stringContaining('no alarm on UnHealthyHostCount: no load balancer of the app sends to it'),
    ]);
  });
});

describe('what refers to something else', () => {
  it('is read also where a number must stand', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const configuration = new CfnConfiguration(stack, 'Settings', { name: 'shop', serverProperties: '' });
    new CfnCluster(stack, 'Cluster', {
      clusterName: 'shop',
      kafkaVersion: '3.9.x',
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: { clientSubnets: ['a', 'b', 'c'], instanceType: 'kafka.m7g.large' },
      configurationInfo: {
        arn: configuration.attrArn,
        revision: configuration.attrLatestRevisionRevision,
      },
    });
    MandatoryAlarms.of(stack);
    const names = Object.values(alarmsIn(stack)).map(({ Properties }) => Properties.MetricName);
    expect(names).toContain('OfflinePartitionsCount');
  });
});

describe('deploys', () => {
  const serviceBehind = (stack: Stack, deploymentConfiguration?: object): unknown => {
    built(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    const group = stack.node.findChild('It') as CfnResource;
    new CfnService(stack, 'Web', {
      loadBalancers: [{ targetGroupArn: group.ref, containerName: 'web', containerPort: 80 }],
      ...(deploymentConfiguration && { deploymentConfiguration }),
    });
    new CfnService(stack, 'Other');
    MandatoryAlarms.of(stack);
    const { Web: web, Other: other } = Template.fromStack(stack).findResources('AWS::ECS::Service');
    expect(other?.Properties?.DeploymentConfiguration).toBeUndefined();
    return web?.Properties.DeploymentConfiguration;
  };
  const own = { Ref: expect.stringMatching(/^It.*UnHealthyHostCount/) };
  const onBalancer = { Ref: expect.stringMatching(/^Balancer.*5XX/) };

  it('follow the alarms on their load balancer', () => {
    const { Alarms: alarms } = serviceBehind(shopStack(Tier.BUSINESS_CRITICAL)) as {
      Alarms: { AlarmNames: unknown[] };
    };
    expect(alarms).toMatchObject({ Enable: true, Rollback: true });
    expect(alarms.AlarmNames).toEqual(expect.arrayContaining([own, onBalancer]));
  });

  it('follow them beside those that are named, and keep the rest as it is', () => {
    const configured = {
      minimumHealthyPercent: 100,
      alarms: { alarmNames: ['mine'], enable: true, rollback: true },
    };
    expect(serviceBehind(shopStack(Tier.BUSINESS_CRITICAL), configured)).toEqual({
      MinimumHealthyPercent: 100,
      Alarms: { AlarmNames: expect.arrayContaining(['mine', own, onBalancer]), Enable: true, Rollback: true },
    });
  });
});

describe('how far copies are behind', () => {
  const table = { Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-central-1' }, { Region: 'eu-north-1' }] };
  const bucket = (metrics: object) => ({
    ReplicationConfiguration: {
      Role: 'arn:aws:iam::111122223333:role/r',
      Rules: [{ Id: 'all', Destination: { Bucket: 'arn:aws:s3:::copy', ...metrics } }],
    },
  });
  const copiedTo = (destination: object) => ({ ReplicationConfiguration: { Destinations: [destination] } });
  const lagsIn = (stack: Stack): readonly unknown[] =>
    Object.values(alarmsIn(stack))
      .filter(({ Properties }) => /Lag|Latency|Sync/.test(String(Properties.MetricName)))
      .map(({ Properties: { MetricName, Threshold } }) => `${MetricName} ${Threshold}`);

  it.each<[string, object, readonly string[]]>([
    ['AWS::DynamoDB::GlobalTable', table, ['ReplicationLatency 300000', 'ReplicationLatency 300000']],
    ['AWS::DynamoDB::GlobalTable', { ...table, MultiRegionConsistency: 'STRONG' }, []],
    ['AWS::S3::Bucket', bucket({ Metrics: { Status: 'Enabled' } }), ['ReplicationLatency 300']],
    ['AWS::S3::Bucket', bucket({}), []],
    ['AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: 'orders' }, ['ReplicaLag 300']],
    ['AWS::RDS::DBCluster', { GlobalClusterIdentifier: 'g' }, ['AuroraGlobalDBReplicationLag 300000']],
    ['AWS::RDS::DBCluster', { GlobalClusterIdentifier: 'g', MasterUsername: 'me' }, []],
    ['AWS::DocDB::DBCluster', { GlobalClusterIdentifier: 'g' }, ['GlobalClusterReplicationLag 300000']],
    ['AWS::EFS::FileSystem', copiedTo({ FileSystemId: 'fs-1' }), ['TimeSinceLastSync 300']],
    ['AWS::EFS::FileSystem', copiedTo({ Region: 'eu-central-1' }), []],
    ['AWS::MSK::Replicator', { ReplicatorName: 'ledger' }, ['ReplicationLatency 300000']],
  ])('is watched for %s %j', (type, properties, lags) => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    plain(stack, type, properties);
    MandatoryAlarms.of(stack);
    expect(lagsIn(stack)).toEqual(lags);
  });

  it('is watched at every tier, where nothing else is', () => {
    const stack = shopStack(Tier.IMPORTANT);
    plain(stack, 'AWS::DynamoDB::GlobalTable', {
      Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-north-1' }],
    });
    MandatoryAlarms.of(stack);
    expect(Object.keys(alarmsIn(stack))).toHaveLength(1);
    expect(lagsIn(stack)).toEqual(['ReplicationLatency 86400000']);
  });

  it('is measured by what the class of the data may lose', () => {
    const dataClasses = [{ name: 'files', rpo: { region: Duration.minutes(15) } }];
    const stack = shopStack(Tier.BUSINESS_CRITICAL, {}, { dataClasses });
    const replicationConfiguration = { destinations: [{ fileSystemId: 'fs-1' }] };
    tagDataClass(new CfnFileSystem(stack, 'Files', { replicationConfiguration }), 'files');
    MandatoryAlarms.of(stack);
    expect(lagsIn(stack)).toEqual(['TimeSinceLastSync 900']);
  });

  it('is not watched twice, but where the other alarm fires too late', () => {
    const counts = [300, 301].map((threshold) => {
      const stack = shopStack(Tier.BUSINESS_CRITICAL);
      const replica = plain(stack, 'AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: 'orders' });
      new CfnAlarm(stack, 'Mine', {
        metricName: 'ReplicaLag',
        namespace: 'AWS/RDS',
        dimensions: [{ name: 'DBInstanceIdentifier', value: replica.ref }],
        threshold,
        comparisonOperator: 'GreaterThanThreshold',
        evaluationPeriods: 1,
        alarmActions: ['arn:aws:sns:eu-west-1:111122223333:told'],
      });
      MandatoryAlarms.of(stack);
      return lagsIn(stack).length;
    });
    expect(counts).toEqual([1, 2]);
  });
});

describe('refusals', () => {
  const build = (options: ServiceScopeOptions = {}): Stack => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL, options);
    queueIn(stack);
    return stack;
  };

  it('a tier that is none', () => {
    expect(refusal(() => MandatoryAlarms.of(build(), { tier: 7 as Tier })).message).toMatch(
      /^Shop: 7 is no tier\n {2}fix: give one of 0, 1, 2, 3$/,
    );
  });

  it('a topic of another region', () => {
    const stack = build();
    const far = new Stack(stack.node.root as App, 'Far', { env: { account: ACCOUNT, region: 'us-east-1' } });
    MandatoryAlarms.of(stack, { notifications: new Topic(far, 'Told') });
    expect(refusal(() => Template.fromStack(stack)).message).toMatch(
      /^Shop\/Orders\/Resource: the topic Far\/Told is in us-east-1, and the alarms that are to tell it in eu-west-1: .*\n {2}fix: call MandatoryAlarms.of for the stacks of each region with a topic of that region, here eu-west-1/,
    );
  });

  it('notices of what is in no service', () => {
    const stack = new Stack(new App(), 'Plain');
    expect(refusal(() => MandatoryAlarms.of(stack).noticesOf(stack)).message).toMatch(
      /no tier: it is not inside a declared/,
    );
  });
});
