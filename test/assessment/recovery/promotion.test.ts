import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { RegionRole } from '../../../lib/objectives/region-role';
import { assessed } from '../../support/assess';
import { balancer, network, REGISTERED, tasks } from '../../support/designs';
import { placeOf } from '../../support/places';
import { ref, resource, sumOf, words } from './parts';

type Resources = Readonly<Record<string, unknown>>;

const { acknowledgeSeconds, decideSeconds, reconnectSeconds } = AWS_FACTS;
const { noticeRegionSeconds, globalDatastorePromotionSeconds: cache } = RECOVERY_FACTS;
const NOTICED = noticeRegionSeconds.value.worst;
const PEOPLE = NOTICED + acknowledgeSeconds.value.worst + decideSeconds.value.worst;
const PROMOTED = cache.value.worst + reconnectSeconds.value.worst;

/** A name that fails over to a second region, beside caches that nothing is seen to use. */
const shop = (caches: boolean, roles: boolean, more: Resources = {}, letters = 'AB') => {
  const side = (region: string, failover: string, held: Resources) =>
    placeOf(
      {
        region,
        account: '123456789012',
        ...(roles && { role: failover === 'PRIMARY' ? RegionRole.PRIMARY : RegionRole.STANDBY }),
      },
      {
        ...network([`${region}a`, `${region}b`]),
        ...balancer(letters),
        ...tasks(2, letters, REGISTERED),
        Name: resource('Route53::RecordSet', {
          HostedZoneId: 'Z1',
          Name: 'shop.example.com',
          Type: 'A',
          SetIdentifier: region,
          Failover: failover,
          AliasTarget: {
            DNSName: { 'Fn::GetAtt': ['Front', 'DNSName'] },
            HostedZoneId: 'Z2',
            EvaluateTargetHealth: true,
          },
        }),
        ...(caches && held),
      },
    );
  return assessed({
    stacks: {
      ireland: side('eu-west-1', 'PRIMARY', {
        Cache: resource('ElastiCache::ReplicationGroup', { ReplicationGroupId: 'one' }),
        Global: resource('ElastiCache::GlobalReplicationGroup', {
          GlobalReplicationGroupIdSuffix: 'orders',
          Members: [{ ReplicationGroupId: ref('Cache'), Role: 'PRIMARY' }],
        }),
        ...more,
      }),
      frankfurt: side('eu-central-1', 'SECONDARY', {
        Cache: resource('ElastiCache::ReplicationGroup', { GlobalReplicationGroupId: 'ldgnf-orders' }),
      }),
    },
  });
};

const plan = (type: string, configuration: Resources = {}) => ({
  Plan: resource('ARCRegionSwitch::Plan', {
    Regions: ['eu-west-1', 'eu-central-1'],
    Triggers: [{ Action: 'activate', TargetRegion: 'eu-central-1' }],
    Workflows: [
      {
        WorkflowTargetAction: 'activate',
        WorkflowTargetRegion: 'eu-central-1',
        Steps: [
          {
            Name: 'step',
            ExecutionBlockType: type,
            ExecutionBlockConfiguration: { Block: { TimeoutMinutes: 5 }, ...configuration },
          },
        ],
      },
    ],
  }),
});

describe('the way back from the loss of a region', () => {
  test('waits for the people who promote what follows, each part with its source', () => {
    const { rtoSeconds, rtoTerms } = shop(true, true).recovery.region;
    expect(rtoSeconds).toBe(PEOPLE + PROMOTED);
    expect(sumOf(rtoTerms)).toBe(rtoSeconds);
    expect(words(rtoTerms)).toEqual([
      'somebody notices that the region is gone',
      'a person takes the call',
      'a person decides',
      'the copy of frankfurt/Cache is promoted',
      'clients open their connections again',
    ]);
    expect(rtoTerms.map(({ source }) => source)).not.toContain('');
    expect(shop(false, true).recovery.region.rtoSeconds).toBe(30 * 3 + 60);
  });

  test('is as long as what availability counts of it, where everything takes as long as usual', () => {
    const { recovery, availability } = shop(true, true);
    const waits = availability.model.events.get('switching:shop.example.com A');
    const typical = [noticeRegionSeconds, acknowledgeSeconds, decideSeconds, cache, reconnectSeconds];
    const seconds = typical.reduce((sum, { value }) => sum + value.typical, 0);
    expect(waits?.what).toContain(`the ${seconds} s`);
    expect(recovery.region.typicalRtoSeconds).toBe(seconds);
  });

  test('does not wait for them where the plan runs a function that may promote it', () => {
    const action = (allowed: string) => ({
      ...plan('CustomActionLambda', {
        CustomActionLambdaConfig: { Lambdas: [{ Arn: { 'Fn::GetAtt': ['Promoter', 'Arn'] } }] },
      }),
      Promoter: resource('Lambda::Function', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
      Role: resource('IAM::Role', {
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] },
          },
        ],
      }),
    });
    const rto = (more: Resources) => shop(true, true, more).recovery.region.rtoSeconds;
    expect(rto(action('elasticache:FailoverGlobalReplicationGroup'))).toBe(
      NOTICED + 5 * 60 + reconnectSeconds.value.worst,
    );
    expect(rto(action('elasticache:DescribeReplicationGroups'))).toBe(PEOPLE + PROMOTED);
    expect(rto(plan('AuroraGlobalDatabase'))).toBe(PEOPLE + PROMOTED);
  });
});

describe('the loss of a zone', () => {
  test('lets nobody promote the copy of another region: what is there comes back', () => {
    const zone = (caches: boolean) => words(shop(caches, false, {}, 'A').recovery.availabilityZone.rtoTerms);
    expect(zone(false)).toContain('time to live of shop.example.com A');
    expect(zone(true)).not.toContain('time to live of shop.example.com A');
  });
});
