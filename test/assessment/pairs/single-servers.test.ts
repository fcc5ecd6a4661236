import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { assessed, assumptionsOf, singlePoints } from '../../support/assess';
import { ref, resource, words } from '../recovery/parts';

const HOUR = 3600;
const NEVER = Number.POSITIVE_INFINITY;
const SNAPSHOT = AWS_FACTS.backupDurationSeconds.value.worst;

type Properties = Readonly<Record<string, unknown>>;

function alone(type: string, properties: Properties = {}) {
  const template = { Resources: { Store: resource(type, properties) } };
  return assessed({ stacks: { app: { region: 'eu-west-1', template } } });
}

const recoveryOf = (type: string, properties?: Properties) => alone(type, properties).recovery;

const worst = (name: keyof typeof RECOVERY_FACTS) => RECOVERY_FACTS[name].value.worst;

describe('a broker', () => {
  const broker = (mode: string, more: Properties = {}) =>
    alone('AmazonMQ::Broker', { EngineType: 'ACTIVEMQ', DeploymentMode: mode, ...more });
  const single = broker('SINGLE_INSTANCE');
  const standby = broker('ACTIVE_STANDBY_MULTI_AZ');

  test('alone stops with its zone, one with a standby does not', () => {
    expect(singlePoints(single).some((id) => id.startsWith('zone:'))).toBe(true);
    expect(singlePoints(standby).some((id) => id.startsWith('zone:'))).toBe(false);
    expect(single.availability.unavailability).toBeGreaterThan(standby.availability.unavailability * 2);
  });

  test('alone is replaced, and moved by a person; one with a standby fails over', () => {
    expect(single.recovery.instance.rtoSeconds).toBe(worst('nodeReplacementSeconds'));
    expect(words(single.recovery.availabilityZone.rtoTerms)).toContain('a person decides');
    for (const loss of [standby.recovery.instance, standby.recovery.availabilityZone])
      expect([loss.rtoSeconds, loss.rpoSeconds]).toEqual([worst('brokerFailoverSeconds'), 0]);
    expect(broker('CLUSTER_MULTI_AZ', { EngineType: 'RABBITMQ' }).recovery.availabilityZone.rpoSeconds).toBe(
      0,
    );
  });

  test.each([
    ['RABBITMQ', undefined, NEVER],
    ['ACTIVEMQ', 'EBS', NEVER],
    ['ACTIVEMQ', 'EFS', 0],
    ['ACTIVEMQ', undefined, 0],
  ])(
    'alone of %s on %s loses its messages with the zone where they stand in one',
    (engine, storage, lost) => {
      const { recovery } = broker('SINGLE_INSTANCE', {
        EngineType: engine,
        ...(storage !== undefined && { StorageType: storage }),
      });
      expect(recovery.availabilityZone.rpoSeconds).toBe(lost);
      expect(recovery.instance.rpoSeconds).toBe(0);
    },
  );

  test('loses what nobody has taken with the region, but for a replica in another one', () => {
    expect(standby.recovery.region.rpoSeconds).toBe(NEVER);
    expect(standby.recovery.region.rtoSeconds).toBeLessThan(NEVER);
    const primary = resource('AmazonMQ::Broker', {
      EngineType: 'ACTIVEMQ',
      DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
      BrokerName: 'orders',
    });
    const replica = resource('AmazonMQ::Broker', {
      EngineType: 'ACTIVEMQ',
      DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
      DataReplicationMode: 'CRDR',
      DataReplicationPrimaryBrokerArn: {
        'Fn::GetStackOutput': { StackName: 'west', OutputName: 'Arn', Region: 'eu-west-1' },
      },
    });
    const app = assessed({
      stacks: {
        west: {
          region: 'eu-west-1',
          template: {
            Resources: { Primary: primary },
            Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Primary', 'Arn'] } } },
          },
        },
        north: { region: 'eu-north-1', template: { Resources: { Replica: replica } } },
      },
    });
    expect(app.recovery.region.rpoSeconds).toBe(60);
  });

  test('whose mode deploy decides counts as one alone, and that is said', () => {
    const open = assessed({
      Parameters: { Mode: { Type: 'String' } },
      Resources: { Store: resource('AmazonMQ::Broker', { DeploymentMode: ref('Mode') }) },
    });
    expect(assumptionsOf(open)).toMatch(/app\/Store is taken to be one broker alone/);
    expect(open.recovery.instance.open).toContain('Mode');
  });
});

describe('a warehouse', () => {
  const nodes = { ClusterType: 'multi-node', NumberOfNodes: 2, NodeType: 'dc2.large' };
  const two = recoveryOf('Redshift::Cluster', nodes);
  const one = recoveryOf('Redshift::Cluster', { ClusterType: 'single-node', NodeType: 'dc2.large' });
  const managed = recoveryOf('Redshift::Cluster', { ClusterType: 'single-node', NodeType: 'ra3.large' });

  test('of one node loses what its snapshots have not got, of two or with managed storage nothing', () => {
    expect(two.instance.rpoSeconds).toBe(0);
    expect(two.instance.rtoSeconds).toBe(worst('nodeReplacementSeconds'));
    expect(managed.instance.rpoSeconds).toBe(0);
    expect(one.instance.rpoSeconds).toBe(8 * HOUR + SNAPSHOT);
    expect(words(one.instance.rtoTerms)).toContain('restore to a new resource');
  });

  test('without snapshots never comes back from the loss of its only node', () => {
    const bare = recoveryOf('Redshift::Cluster', {
      ClusterType: 'single-node',
      NodeType: 'dc2.large',
      AutomatedSnapshotRetentionPeriod: 0,
    });
    expect([bare.instance.rtoSeconds, bare.instance.rpoSeconds]).toEqual([NEVER, NEVER]);
    expect(bare.dataRepair.rtoSeconds).toBe(NEVER);
  });

  test('in two zones goes on, one that may be moved is moved, any other is restored', () => {
    const ra3 = { ...nodes, NodeType: 'ra3.4xlarge' };
    const both = recoveryOf('Redshift::Cluster', { ...ra3, MultiAZ: true }).availabilityZone;
    const moved = recoveryOf('Redshift::Cluster', {
      ...ra3,
      AvailabilityZoneRelocation: true,
    }).availabilityZone;
    const fixed = recoveryOf('Redshift::Cluster', ra3).availabilityZone;
    expect([both.rtoSeconds, both.rpoSeconds]).toEqual([worst('warehouseFailoverSeconds'), 0]);
    expect([moved.rtoSeconds, moved.rpoSeconds]).toEqual([worst('warehouseRelocationSeconds'), 0]);
    expect(fixed.rtoSeconds).toBeGreaterThan(moved.rtoSeconds);
    expect(fixed.rpoSeconds).toBe(8 * HOUR + SNAPSHOT);
  });

  test('survives its region where its snapshots are copied', () => {
    expect(two.region.rpoSeconds).toBe(NEVER);
    const copied = recoveryOf('Redshift::Cluster', { ...nodes, DestinationRegion: 'eu-north-1' });
    expect(copied.region.rpoSeconds).toBe(8 * HOUR + SNAPSHOT + AWS_FACTS.backupCopySeconds.value.worst);
  });
});

describe('one server alone', () => {
  test.each([
    ['ElastiCache::CacheCluster', { Engine: 'redis', NumCacheNodes: 1 }, 'nodeReplacementSeconds', NEVER],
    ['OpenSearchService::Domain', { ClusterConfig: { InstanceCount: 1 } }, 'nodeReplacementSeconds', HOUR],
    ['FSx::FileSystem', { FileSystemType: 'WINDOWS' }, 'instanceRecoverySeconds', 0],
    ['DAX::Cluster', { ReplicationFactor: 1 }, 'nodeReplacementSeconds', undefined],
  ] as const)('%s is missed until it is replaced', (type, properties, fact, lost) => {
    const { instance, availabilityZone } = recoveryOf(type, properties);
    expect(instance.rtoSeconds).toBe(worst(fact));
    expect(availabilityZone.rtoSeconds).toBeGreaterThan(instance.rtoSeconds);
    if (lost === HOUR) expect(instance.rpoSeconds).toBe(HOUR + SNAPSHOT);
    else expect(instance.rpoSeconds).toBe(lost);
  });

  test.each(['DocDB', 'Neptune'])('of %s is made again, in another zone by a person', (service) => {
    const member = resource(`${service}::DBInstance`, { DBClusterIdentifier: ref('Store') });
    const { instance, availabilityZone } = assessed({
      Resources: { Store: resource(`${service}::DBCluster`), Member: member },
    }).recovery;
    expect(instance.rtoSeconds).toBe(600);
    expect(words(availabilityZone.rtoTerms)).toContain('a person decides');
    expect(availabilityZone.rpoSeconds).toBe(0);
  });

  test('of Beanstalk is started again', () => {
    const single = [
      {
        Namespace: 'aws:elasticbeanstalk:environment',
        OptionName: 'EnvironmentType',
        Value: 'SingleInstance',
      },
    ];
    const { instance, rollback } = recoveryOf('ElasticBeanstalk::Environment', { OptionSettings: single });
    expect(words(instance.rtoTerms)).toContain('an instance is launched');
    expect(rollback.rtoSeconds).toBeGreaterThan(0);
  });

  test('of several pods nobody knows: it is taken to be missed until another one runs', () => {
    const { instance } = recoveryOf('EKS::FargateProfile', { Subnets: ['subnet-1', 'subnet-2'] });
    expect(words(instance.rtoTerms)).toEqual(['its loss is seen', 'a pod is launched', 'it starts']);
    expect(recoveryOf('EKS::Cluster').instance.rtoSeconds).toBe(0);
  });
});

describe('a file system', () => {
  test('of Lustre that is scratch is lost with its server', () => {
    const lustre = (type?: string) =>
      recoveryOf('FSx::FileSystem', {
        FileSystemType: 'LUSTRE',
        LustreConfiguration: type === undefined ? {} : { DeploymentType: type },
      }).instance.rpoSeconds;
    expect([lustre(), lustre('SCRATCH_2'), lustre('PERSISTENT_2')]).toEqual([NEVER, NEVER, 0]);
  });
});

describe('search of the older kind', () => {
  const domain = (spread: boolean, nodes: number) =>
    alone('Elasticsearch::Domain', {
      ElasticsearchClusterConfig: { InstanceCount: nodes, ZoneAwarenessEnabled: spread },
    });

  test('in two zones fails over, in one waits for its node', () => {
    expect(singlePoints(domain(true, 2)).some((id) => id.startsWith('zone:'))).toBe(false);
    expect(singlePoints(domain(false, 2)).some((id) => id.startsWith('zone:'))).toBe(true);
    expect(domain(true, 1).recovery.instance.rtoSeconds).toBe(worst('nodeReplacementSeconds'));
    expect(domain(true, 2).recovery.availabilityZone.rtoSeconds).toBe(600);
  });
});

describe('a bucket', () => {
  test('of S3 Express is lost with its zone, one of S3 is not', () => {
    const express = alone('S3Express::DirectoryBucket', { DataRedundancy: 'SingleAvailabilityZone' });
    expect(singlePoints(express).some((id) => id.startsWith('zone:'))).toBe(true);
    const { availabilityZone, dataRepair } = express.recovery;
    expect([availabilityZone.rtoSeconds, availabilityZone.rpoSeconds]).toEqual([NEVER, NEVER]);
    expect(dataRepair.rtoSeconds).toBe(NEVER);
    expect(availabilityZone.because).toContain('app/Store');
  });
});

describe('a table of Timestream', () => {
  test('has no way back from damage without a plan', () => {
    const { dataRepair, availabilityZone } = recoveryOf('Timestream::Table');
    expect([dataRepair.rtoSeconds, availabilityZone.rpoSeconds]).toEqual([NEVER, 0]);
  });
});

describe('what is not modelled', () => {
  test.each(['RedshiftServerless::Namespace', 'MWAA::Environment', 'DirectoryService::MicrosoftAD'])(
    '%s has no known recovery, and is never said to meet',
    (type) => {
      const { recovery } = alone(type);
      for (const disruption of ['instance', 'availabilityZone', 'region', 'dataRepair'] as const) {
        const found = recovery[disruption];
        expect(found.meets).not.toBe(true);
        expect(found.rtoSeconds).not.toBe(0);
        expect(found.unknown).toBe(`the recovery of app/Store is not known: AWS::${type} is not modelled`);
      }
      expect(assumptionsOf(alone(type))).toContain('app/Store');
    },
  );

  test('and keeps no data is deployed anew in another region, and unknown in its own', () => {
    const { instance, dataRepair, region } = recoveryOf('SageMaker::Endpoint');
    expect(instance.unknown).toContain('AWS::SageMaker::Endpoint');
    expect([dataRepair.rtoSeconds, dataRepair.rpoSeconds]).toEqual([0, undefined]);
    expect(region.rtoSeconds).toBeLessThan(NEVER);
  });
});
