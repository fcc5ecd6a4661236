import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { attribute, ref } from '../../support/designs';

const SECRETS = 'service:secrets-manager@eu-west-1';
const KMS = 'service:kms@eu-west-1';

const inWest = (Resources: Record<string, { Type: string }>) =>
  assessed({ stacks: { west: { region: 'eu-west-1', template: { Resources } } } });

const role = (Action: string, on: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: attribute(on, 'Arn') }] },
      },
    ],
  },
});
const byRef = (Action: string, on: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: ref(on) }] } },
    ],
  },
});

const THINGS = {
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
  Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } },
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
};

const handler = (names: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: attribute('Role', 'Arn'), Environment: { Variables: { IT: ref(names) } } },
});

const reading = (names: string, Role: { Type: string }) =>
  inWest({ ...THINGS, Handler: handler(names), Role });

const down = ({ availability }: ReturnType<typeof inWest>) => availability.unavailability;

describe('what code reads while it runs', () => {
  it('is needed where it is a secret that its role may read', () => {
    const reads = reading('Secret', byRef('secretsmanager:GetSecretValue', 'Secret'));
    const lists = reading('Secret', byRef('secretsmanager:DescribeSecret', 'Secret'));
    expect(singlePoints(reads)).toContain(SECRETS);
    expect(eventIds(lists)).not.toContain(SECRETS);
    // By its agreement of 99.9 %, without the region.
    expect(down(reads)).toBeCloseTo(1 - (1 - down(lists)) * ((1 - 1e-3) / (1 - 1e-5)), 12);
    expect(assumptionsOf(reads)).toContain(
      'west/Handler is taken to ask for west/Secret at each call, and to keep nothing of it',
    );
  });

  it('is needed where it is a key that its role may use', () => {
    expect(singlePoints(reading('Key', role('kms:Decrypt', 'Key')))).toContain(KMS);
    expect(eventIds(reading('Key', role('kms:DescribeKey', 'Key')))).not.toContain(KMS);
  });

  it('is not needed where it is a key of something that the service does not need', () => {
    const bucket = {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: attribute('Key', 'Arn'),
              },
            },
          ],
        },
      },
      Metadata: { 'cdk-nines': { operationalBecause: 'it keeps logs' } },
    };
    const quiet = { Type: 'AWS::Lambda::Function', Properties: { Role: attribute('Role', 'Arn') } };
    const of = (more: Record<string, { Type: string }>) =>
      inWest({ ...THINGS, ...more, Handler: quiet, Role: role('kms:Decrypt', 'Key') });
    expect(singlePoints(of({}))).toContain(KMS);
    expect(eventIds(of({ Logs: bucket }))).not.toContain(KMS);
  });

  it('is the key of a topic that it tells, with the topic', () => {
    const topic = (KmsMasterKeyId?: object) => ({
      Type: 'AWS::SNS::Topic',
      Properties: { ...(KmsMasterKeyId && { KmsMasterKeyId }) },
    });
    const of = (Topic: { Type: string }) =>
      inWest({ ...THINGS, Topic, Handler: handler('Topic'), Role: byRef('sns:Publish', 'Topic') });
    expect(singlePoints(of(topic(attribute('Key', 'Arn'))))).toContain(KMS);
    expect(eventIds(of(topic()))).not.toContain(KMS);
    expect(assumptionsOf(of(topic(attribute('Key', 'Arn'))))).not.toContain('west/Key');
  });

  it('is told and not counted where it is a parameter', () => {
    const found = reading('Parameter', byRef('ssm:GetParameter', 'Parameter'));
    expect(assumptionsOf(found)).toContain(
      'west/Handler reads west/Parameter: no agreement on parameters of Systems Manager was read',
    );
    expect(down(found)).toBeCloseTo(down(reading('Parameter', byRef('ssm:PutParameter', 'Parameter'))), 12);
  });

  it('counts once, however many read however many', () => {
    const Role = byRef('secretsmanager:GetSecretValue', 'Secret');
    const one = inWest({ ...THINGS, Handler: handler('Secret'), Role });
    const two = inWest({ ...THINGS, Handler: handler('Secret'), Other: handler('Secret'), Role });
    expect(down(two)).toBeCloseTo(down(one), 12);
  });
});

describe('what fills the variables of tasks', () => {
  const tasks = {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      ContainerDefinitions: [{ Name: 'main', Secrets: [{ Name: 'IT', ValueFrom: ref('Secret') }] }],
    },
  };

  it('is not needed by those that run, and that is told', () => {
    const service = {
      Type: 'AWS::ECS::Service',
      Properties: { LaunchType: 'FARGATE', DesiredCount: 2, TaskDefinition: ref('Tasks') },
    };
    const found = inWest({ ...THINGS, Tasks: tasks, Service: service });
    expect(eventIds(found)).not.toContain(SECRETS);
    expect(assumptionsOf(found)).toContain('west/Service needs west/Secret only where it starts');
  });

  it('is needed by those that a schedule starts anew each time', () => {
    const clock = {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 hour)',
        Targets: [{ Id: 't', Arn: 'arn:c', EcsParameters: { TaskDefinitionArn: ref('Tasks') } }],
      },
    };
    expect(singlePoints(inWest({ ...THINGS, Tasks: tasks, Clock: clock }))).toContain(SECRETS);
  });
});
