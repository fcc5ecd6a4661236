import { assess } from '../../../lib/assessment/assess';
import { assessedServices } from '../../../lib/audit/assessed-services';
import { resolveServices } from '../../../lib/audit/services';
import { DependencyKind } from '../../../lib/objectives/dependency';
import type { ThirdParty } from '../../../lib/objectives/third-party';
import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { attribute, network, ref, subnets } from '../../support/designs';
import { graphOf, type TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

const worker = (Variables: object): Resources => ({
  Work: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } },
  Every: {
    Type: 'AWS::Lambda::Url',
    Properties: { AuthType: 'NONE', TargetFunctionArn: attribute('Work', 'Arn') },
  },
});

const appOf = (variables: object, others: Resources = {}, more: object = {}) => ({
  stacks: {
    shop: {
      region: 'eu-west-1',
      account: '111122223333',
      template: { Resources: { ...worker(variables), ...others }, ...more },
    },
  },
});

const inside = (variables: object, others?: Resources, more?: object) =>
  assessed(appOf(variables, others, more));
const down = ({ availability }: ReturnType<typeof inside>) => availability.unavailability;

const alone = inside({});
/** The events that one variable more makes. */
const added = (variables: object, others?: Resources, more?: object) =>
  eventIds(inside(variables, others, more)).filter((id) => !eventIds(alone).includes(id));

const PUBLIC = 5e-3;
const OURS = 1e-3;

describe('an address in an environment that leads out of the app', () => {
  const cases: Readonly<Record<string, readonly [object, string, number]>> = {
    'a host of somebody else': [
      { PAY_URL: 'https://api.pay.example.net/v1' },
      'service:api.pay.example.net',
      PUBLIC,
    ],
    'a name without a scheme': [{ payHost: 'api.pay.example.net' }, 'service:api.pay.example.net', PUBLIC],
    'the first of several brokers': [
      { BROKERS: 'b-1.ours.internal:9092,b-2.ours.internal:9092' },
      'service:b-1.ours.internal',
      OURS,
    ],
    'a name of the own network': [{ ENDPOINTS_CARTS: 'http://carts:8080' }, 'service:carts', OURS],
    'a database by JDBC': [
      { DB: 'jdbc:postgresql://db.ours.internal:5432/x' },
      'service:db.ours.internal',
      OURS,
    ],
    'a host with credentials': [
      { CACHE: 'rediss://me:secret@c.ours.internal:6379' },
      'service:c.ours.internal',
      OURS,
    ],
    'an export of another app': [
      { API_URL: { 'Fn::ImportValue': 'other-api' } },
      'service:import other-api: no stack of the app exports it',
      OURS,
    ],
    'a parameter of another app': [
      { API_HOST: '{{resolve:ssm:/other/api}}' },
      'service:shop: {{resolve:ssm:/other/api}} is read at deploy',
      OURS,
    ],
  };
  it.each(Object.entries(cases))('counts: %s', (_, [variables, id, share]) => {
    const [found] = [inside(variables)];
    expect(added(variables)).toEqual([id]);
    expect(down(found)).toBeCloseTo(1 - (1 - down(alone)) * (1 - share), 12);
    expect(assumptionsOf(found)).toMatch(
      new RegExp(`${Object.keys(variables)[0]} of .*Work leads out of the app`),
    );
  });

  it('counts by the agreement that its name or ARN tells', () => {
    const arn = (text: string) => added({ IT: text });
    expect(arn('arn:aws:dynamodb:eu-west-1:999999999999:table/theirs')).toEqual([
      'service:dynamodb@eu-west-1',
    ]);
    expect(arn('https://sqs.eu-west-1.amazonaws.com/999999999999/theirs')).toEqual(['service:sqs@eu-west-1']);
    expect(arn('https://abc.execute-api.eu-west-1.amazonaws.com/prod')).toEqual([
      'service:api-gateway@eu-west-1',
    ]);
    expect(added({ ORDERS_TABLE_NAME: 'theirs' })).toEqual(['service:dynamodb@eu-west-1']);
    expect(added({ DDB_TABLE_NAME: { 'Fn::ImportValue': 'theirs' } })).toEqual([
      'service:dynamodb@eu-west-1',
    ]);
  });

  it('of another region needs that region', () => {
    expect(added({ IT: 'https://sqs.us-east-1.amazonaws.com/999999999999/theirs' })).toEqual([
      'region:us-east-1',
      'service:sqs@us-east-1',
    ]);
  });

  it('counts once, however many ask', () => {
    const others = {
      Second: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { OTHER: 'https://api.pay.example.net' } } },
      },
    };
    expect(
      added({ PAY_URL: 'https://api.pay.example.net/v1' }, others).filter((id) => id.startsWith('service:')),
    ).toEqual(['service:api.pay.example.net']);
  });

  it('beside names of the app is ours', () => {
    const zone = { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'shop.example.com' } } };
    const found = inside({ URL: 'https://pay.shop.example.com' }, zone);
    expect(down(found)).toBeCloseTo(1 - (1 - down(alone)) * (1 - OURS), 12);
  });
});

describe('what leads nowhere', () => {
  const values: Readonly<Record<string, unknown>> = {
    LOG_LEVEL: 'info',
    REGION: 'us-east-1',
    AWS_LAMBDA_EXEC_WRAPPER: '/opt/bootstrap',
    MODEL: 'amazon.nova-lite-v1:0',
    SOLUTION: 'AwsSolution/SO0199/1.15.5',
    HANDLER: 'com.example.Handler',
    VERSION: '1.2.3',
    STAGE: ref('Stage'),
    API_KEY: '{{resolve:secretsmanager:theirs:SecretString:key}}',
    ES_REGION: { 'Fn::Sub': '${AWS::Region}' },
    PROXY_URL: 'http://localhost:4316/v1',
    META_HOST: '169.254.170.2',
    STS_ENDPOINT: 'https://sts.eu-west-1.amazonaws.com',
    BEDROCK_URL: { 'Fn::Sub': 'https://bedrock-runtime.${AWS::Region}.${AWS::URLSuffix}' },
    CONNECTOR: 'arn:aws:lambda:eu-west-1:aws:network-connector:aws-network-connector:ALL_INGRESS',
    ROLE_ARN: 'arn:aws:iam::999999999999:role/theirs',
    PORT: 8080,
    BUS_NAME: 'default',
    TABLE_NAME: ref('Table'),
    FROM: 'shop@example.com',
    DB_NAME: 'catalog',
    EMPTY_URL: '',
    KAFKA_TOPIC: 'orders',
    VECTOR_BUCKET: 'knowledge',
  };
  it.each(Object.entries(values))('%s', (name, value) => {
    const found = inside(
      { [name]: value },
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
      { Parameters: { Stage: { Type: 'String' } } },
    );
    expect(found.openDependencies).toEqual([]);
    expect(assumptionsOf(found)).not.toMatch(/leads out of the app/);
  });

  it('is the own way in', () => {
    const front = {
      Front: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Aliases: ['www.shop.example.com'],
            Origins: [
              {
                Id: 'work',
                CustomOriginConfig: {},
                DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', attribute('Every', 'FunctionUrl')] }] },
              },
            ],
          },
        },
      },
    };
    const found = inside({ BASE_URL: 'https://www.shop.example.com' }, front);
    expect(assumptionsOf(found)).not.toMatch(/BASE_URL/);
  });
});

describe('what only may be needed', () => {
  const names = ['METRIC_URL', 'ALLOWED_ORIGINS', 'DOCS_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'callbackUrl'];
  it.each(names)('is left open and said: %s', (name) => {
    const found = inside({ [name]: 'https://api.pay.example.net/v1' });
    expect(found.openDependencies.map(({ by, leadsTo }) => [by, leadsTo])).toEqual([
      [name, 'api.pay.example.net'],
    ]);
    expect(down(found)).toBeCloseTo(down(alone), 15);
  });

  it('is an import of which the name of the variable says nothing', () => {
    const found = inside({ THAT: { 'Fn::ImportValue': 'other' } });
    expect(found.openDependencies.map(({ by, leadsTo }) => `${by}: ${leadsTo}`)).toEqual([
      'THAT: import other: no stack of the app exports it',
    ]);
  });

  it('is where a parameter leads that is none by its own name', () => {
    const arn = 'arn:aws:ssm:eu-west-1:999999999999:parameter/theirs';
    expect(inside({ THAT: arn }).openDependencies).toHaveLength(1);
    expect(inside({ DB_ENDPOINT: arn }).openDependencies).toEqual([]);
    expect(added({ DB_ENDPOINT: arn })).toEqual([`service:shop: ${arn}`]);
  });

  it('is a secret of another app', () => {
    const found = inside({ THAT: 'arn:aws:secretsmanager:eu-west-1:999999999999:secret:db-a1b2c3' });
    expect(found.openDependencies).toHaveLength(1);
  });
});

describe('what is declared', () => {
  const withParties = (
    variables: object,
    parties: readonly ThirdParty[],
    dependsOn: readonly string[] = [],
  ) => {
    const graph = graphOf(appOf(variables));
    const services = assessedServices(graph, resolveServices(graph)).map((service) => ({
      ...service,
      thirdParties: parties,
      dependsOn: dependsOn.map((name) => ({ service: name, kind: DependencyKind.HARD })),
    }));
    const [found] = assess(graph, services).services;
    if (!found) throw new Error('no service');
    return found;
  };
  const hard = (name: string, more: object = {}): ThirdParty => ({
    name,
    kind: DependencyKind.HARD,
    sla: 0.9995,
    ...more,
  });
  const url = { PAY_URL: 'https://api.stripe.com/v1' };

  it.each(['Stripe', 'stripe.com', 'api.stripe.com'])('is where the host leads: %s', (name) => {
    const found = withParties(url, [hard(name)]);
    expect(eventIds(found)).toContain(`third-party:${name}`);
    expect(eventIds(found)).not.toContain('service:api.stripe.com');
    expect(assumptionsOf(found)).not.toMatch(/leads out of the app/);
    expect(down(found)).toBeCloseTo(1 - (1 - down(alone)) * 0.9995, 12);
  });

  it('is found by its status page', () => {
    const found = withParties(url, [hard('Payments', { statusPage: 'https://status.stripe.com' })]);
    expect(eventIds(found)).not.toContain('service:api.stripe.com');
  });

  it('is another where neither says so', () => {
    expect(eventIds(withParties(url, [hard('Adyen')]))).toContain('service:api.stripe.com');
  });

  it('does not count where users can do without it', () => {
    const found = withParties(url, [{ name: 'Stripe', kind: DependencyKind.SOFT }]);
    expect(down(found)).toBeCloseTo(down(alone), 15);
    expect(found.openDependencies).toEqual([]);
  });

  it('closes what is open by the name of its variable', () => {
    const open = { LEDGER_ARN: { 'Fn::ImportValue': 'other' } };
    expect(withParties(open, []).openDependencies).toHaveLength(1);
    expect(withParties(open, [hard('ledger')]).openDependencies).toEqual([]);
  });

  it('may be another service', () => {
    const found = withParties({ LEDGER_URL: 'http://ledger.ours.internal' }, [], ['ledger']);
    expect(eventIds(found)).toContain('service:ledger');
    expect(eventIds(found)).not.toContain('service:ledger.ours.internal');
  });
});

describe('a proxy in front of a database', () => {
  const ZONES = ['eu-west-1a', 'eu-west-1b'];
  const proxied = (letters: string, multi: boolean) => ({
    ...network(ZONES),
    Db: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: multi, AvailabilityZone: 'eu-west-1a' } },
    Proxy: { Type: 'AWS::RDS::DBProxy', Properties: { VpcSubnetIds: subnets(letters) } },
    Group: {
      Type: 'AWS::RDS::DBProxyTargetGroup',
      Properties: { DBProxyName: ref('Proxy'), DBInstanceIdentifiers: [ref('Db')] },
    },
    Reader: {
      Type: 'AWS::RDS::DBProxyEndpoint',
      Properties: { DBProxyName: ref('Proxy'), VpcSubnetIds: subnets(letters) },
    },
  });
  const through = (host: unknown, letters = 'AB', multi = true) =>
    inside({ DB_HOST: host }, proxied(letters, multi));

  it.each(['Proxy', 'Reader'])('is needed, and so is the database: %s', (id) => {
    const found = through(attribute(id, 'Endpoint'));
    expect(eventIds(found)).toEqual(expect.arrayContaining(['resource:shop/Proxy', 'resource:shop/Db']));
    expect(found.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Every']);
    expect(assumptionsOf(found)).not.toMatch(/leads out/);
  });

  it('falls with its zone where it stands in one', () => {
    const [wide, narrow] = [
      through(attribute('Proxy', 'Endpoint')),
      through(attribute('Proxy', 'Endpoint'), 'A'),
    ];
    expect(singlePoints(narrow)).toContain('zone:eu-west-1a');
    expect(singlePoints(wide)).not.toContain('zone:eu-west-1a');
    expect(down(narrow)).toBeGreaterThan(down(wide));
  });
});

describe('an endpoint of somebody else in the network', () => {
  const ZONES = ['eu-west-1a', 'eu-west-1b'];
  const address = {
    'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, attribute('Link', 'DnsEntries')] }] }],
  };
  const linked = (ServiceName: unknown, others: Resources = {}) =>
    inside(
      { LEDGER_HOST: address },
      {
        ...network(ZONES),
        Link: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: {
            VpcEndpointType: 'Interface',
            VpcId: ref('Vpc'),
            SubnetIds: subnets('AB'),
            ServiceName,
          },
        },
        ...others,
      },
    );

  it('needs what is behind it, which is not in the app', () => {
    const name = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';
    const found = linked(name);
    expect(eventIds(found)).toEqual(expect.arrayContaining(['resource:shop/Link', `service:${name}`]));
    expect(assumptionsOf(found)).toMatch(/Link leads out of the app: com\.amazonaws\.vpce/);
  });

  it('needs the load balancer of the app behind it', () => {
    const found = linked(
      { 'Fn::Sub': 'com.amazonaws.vpce.eu-west-1.${Offer}' },
      {
        Offer: {
          Type: 'AWS::EC2::VPCEndpointService',
          Properties: { NetworkLoadBalancerArns: [ref('Front')] },
        },
        Front: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Type: 'network', Subnets: subnets('AB') },
        },
      },
    );
    expect(eventIds(found)).toEqual(expect.arrayContaining(['resource:shop/Link', 'resource:shop/Front']));
    expect(assumptionsOf(found)).not.toMatch(/leads out of the app/);
  });
});

describe('the user data of instances', () => {
  const instance = (script: unknown) => ({
    One: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': script } } },
  });
  const calls = (script: unknown) => added({}, instance(script)).filter((id) => id.startsWith('service:'));

  it('sets variables that lead out of the app', () => {
    const lines = [
      '#!/bin/bash',
      'export PAY_URL="https://api.pay.example.net/v1"',
      'STAGE=prod',
      'run --now',
    ];
    expect(calls(lines.join('\n'))).toEqual(['service:api.pay.example.net']);
    expect(calls({ 'Fn::Sub': `${lines.join('\n')}\n# \${AWS::Region}` })).toEqual([
      'service:api.pay.example.net',
    ]);
  });

  it('fetches what it installs only when it starts', () => {
    expect(calls('INSTALLER_LOCATION="https://get.example.net/agent"')).toEqual([]);
    expect(calls('#!/bin/bash\ncurl -O https://get.example.net/agent.sh && yum install -y httpd')).toEqual(
      [],
    );
  });
});

describe('the jobs of a queue', () => {
  it('need what they call', () => {
    const jobs = (url: string) => ({
      Queue: { Type: 'AWS::Batch::JobQueue', Properties: { ComputeEnvironmentOrder: [] } },
      Job: {
        Type: 'AWS::Batch::JobDefinition',
        Properties: { ContainerProperties: { Environment: [{ Name: 'API_URL', Value: url }] } },
      },
    });
    expect(added({}, jobs('https://api.pay.example.net'))).toContain('service:api.pay.example.net');
    expect(added({}, jobs('http://localhost'))).not.toContain('service:api.pay.example.net');
  });
});

describe('an environment of Beanstalk', () => {
  it('needs what its variables lead to', () => {
    const option = (Namespace: string) => ({
      Web: {
        Type: 'AWS::ElasticBeanstalk::Environment',
        Properties: {
          OptionSettings: [{ Namespace, OptionName: 'PAY_URL', Value: 'https://api.pay.example.net' }],
        },
      },
    });
    expect(added({}, option('aws:elasticbeanstalk:application:environment'))).toContain(
      'service:api.pay.example.net',
    );
    expect(added({}, option('aws:elbv2:loadbalancer'))).not.toContain('service:api.pay.example.net');
  });
});
