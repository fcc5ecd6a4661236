import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** CloudFormation's limit for one template. */
const RESOURCES_PER_TEMPLATE = 500;

/** Writes templates of a plausible mix with so many resources in all, and gives their paths. */
export function writeTemplates(folder: string, resources: number): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: Math.ceil(resources / RESOURCES_PER_TEMPLATE) }, (_, index) => {
    const file = join(folder, `stack${String(index).padStart(4, '0')}.template.json`);
    writeFileSync(
      file,
      JSON.stringify(
        templateOf(Math.min(RESOURCES_PER_TEMPLATE, resources - index * RESOURCES_PER_TEMPLATE)),
        undefined,
        1,
      ),
    );
    return file;
  });
}

type Resources = Record<string, unknown>;

function templateOf(count: number) {
  const resources: Resources = {};
  for (let cell = 0; Object.keys(resources).length < count; cell += 1) Object.assign(resources, cellOf(cell));
  const names = Object.keys(resources).slice(0, count);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Stage: { Type: 'String', Default: 'prod' } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: Object.fromEntries(names.map((name) => [name, resources[name]])),
  };
}

/** A small service: network, load balancer, workers, database, table, records, backups. 16 resources. */
function cellOf(n: number): Resources {
  return { ...networkOf(n), ...computeOf(n), ...dataOf(n) };
}

function networkOf(n: number): Resources {
  const subnet = (zone: number) => ({
    Type: 'AWS::EC2::Subnet',
    Properties: {
      VpcId: { Ref: `Vpc${n}` },
      CidrBlock: `10.${n % 250}.${zone}.0/24`,
      AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
    },
  });
  return {
    [`Vpc${n}`]: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: `10.${n % 250}.0.0/16` } },
    [`SubnetA${n}`]: subnet(0),
    [`SubnetB${n}`]: subnet(1),
    [`Routes${n}`]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: `Vpc${n}` } } },
  };
}

function computeOf(n: number): Resources {
  const subnets = [{ Ref: `SubnetA${n}` }, { Ref: `SubnetB${n}` }];
  return {
    [`Lb${n}`]: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Subnets: subnets,
        LoadBalancerAttributes: [
          { Key: 'deletion_protection.enabled', Value: { 'Fn::If': ['IsProd', 'true', 'false'] } },
        ],
      },
    },
    [`Targets${n}`]: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { VpcId: { Ref: `Vpc${n}` }, Port: 80, Protocol: 'HTTP', HealthCheckPath: '/health' },
    },
    [`Listener${n}`]: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: `Lb${n}` },
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: `Targets${n}` } }],
      },
    },
    [`Template${n}`]: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { ImageId: 'ami-12c6146b', InstanceType: 'm6i.large' } },
    },
    [`Workers${n}`]: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        MinSize: '2',
        MaxSize: '4',
        VPCZoneIdentifier: subnets,
        TargetGroupARNs: [{ Ref: `Targets${n}` }],
        HealthCheckType: 'ELB',
        LaunchTemplate: {
          LaunchTemplateId: { Ref: `Template${n}` },
          Version: { 'Fn::GetAtt': [`Template${n}`, 'LatestVersionNumber'] },
        },
      },
    },
  };
}

function dataOf(n: number): Resources {
  return {
    [`SubnetGroup${n}`]: {
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: {
        DBSubnetGroupDescription: 'data',
        SubnetIds: [{ Ref: `SubnetA${n}` }, { Ref: `SubnetB${n}` }],
      },
    },
    [`Database${n}`]: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'postgres',
        DBInstanceClass: 'db.m6g.large',
        AllocatedStorage: '100',
        DBSubnetGroupName: { Ref: `SubnetGroup${n}` },
        MultiAZ: { 'Fn::If': ['IsProd', true, false] },
        ManageMasterUserPassword: true,
        MasterUsername: 'app',
      },
    },
    [`Table${n}`]: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        Tags: [{ Key: 'backup', Value: 'daily' }],
      },
    },
    [`Record${n}`]: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: 'Z1D633PJN98FT9',
        Name: `shop${n}.example.com`,
        Type: 'CNAME',
        TTL: '60',
        ResourceRecords: [{ 'Fn::GetAtt': [`Lb${n}`, 'DNSName'] }],
      },
    },
    [`Vault${n}`]: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: `vault${n}` } },
    [`Plan${n}`]: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: `plan${n}`,
          BackupPlanRule: [
            {
              RuleName: 'daily',
              TargetBackupVault: { Ref: `Vault${n}` },
              ScheduleExpression: 'cron(0 3 * * ? *)',
              Lifecycle: { DeleteAfterDays: 35 },
            },
          ],
        },
      },
    },
    [`Selection${n}`]: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: `Plan${n}` },
        BackupSelection: {
          SelectionName: `all${n}`,
          IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
          Resources: [{ 'Fn::GetAtt': [`Table${n}`, 'Arn'] }],
        },
      },
    },
  };
}
