import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { MEAN_REPAIR_SECONDS } from '../../../lib/calculus/switching';
import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { attribute, ref } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];
type Assessed = ReturnType<typeof assessed>;

const ACCOUNT = '123456789012';
const SERVICE = { 'resilience:service': 'shop', 'resilience:tier': '1' };

/** A bucket of a region, which replicates to the other one or not. */
const bucket = (name: string, to?: string) => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketName: name,
    VersioningConfiguration: { Status: 'Enabled' },
    ...(to !== undefined && {
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::123456789012:role/replicates',
        Rules: [{ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${to}` } }],
      },
    }),
  },
});

const point = (...names: readonly string[]) => ({
  Type: 'AWS::S3::MultiRegionAccessPoint',
  Properties: { Regions: names.map((Bucket) => ({ Bucket })) },
});

interface Shop {
  readonly replicates: boolean;
  readonly buckets?: readonly string[];
  readonly more?: Resources;
}

const BOTH = ['shop-west', 'shop-north'];

function shop({ replicates, buckets = BOTH, more = {} }: Shop): Assessed {
  const [west, north] = [
    bucket('shop-west', replicates ? 'shop-north' : undefined),
    bucket('shop-north', replicates ? 'shop-west' : undefined),
  ];
  const place = (region: string, Resources: Resources) => ({
    region,
    account: ACCOUNT,
    tags: SERVICE,
    template: { Resources },
  });
  return assessed({
    stacks: {
      west: place('eu-west-1', { Files: west, Point: point(...buckets), ...more }),
      north: place('eu-north-1', { Files: north }),
    },
  });
}

const waits = ({ availability }: Assessed, id: string) => {
  const share = availability.model.events.get(id)?.likelihood.unavailability;
  return share === undefined ? undefined : Math.round(-Math.log(1 - share) * MEAN_REPAIR_SECONDS.value);
};

const { acknowledgeSeconds, decideSeconds } = AWS_FACTS;
const { noticeRegionSeconds, switchByHandSeconds, accessPointRouteSeconds } = RECOVERY_FACTS;
const SECONDS = [
  noticeRegionSeconds,
  acknowledgeSeconds,
  decideSeconds,
  switchByHandSeconds,
  accessPointRouteSeconds,
].reduce((sum, { value }) => sum + value.typical, 0);

describe('a Multi-Region Access Point', () => {
  const both = shop({ replicates: true });
  const apart = shop({ replicates: false });
  const one = shop({ replicates: true, buckets: ['shop-west'] });

  it('is what users come in through', () => {
    expect(both.entryPoints.map(({ id }) => id)).toEqual(['west/Point']);
    expect(singlePoints(both)).toContain('resource:west/Point');
  });

  it('outlives a region where its buckets replicate to each other, and not where they do not', () => {
    expect(singlePoints(both).filter((id) => /s3@|region:/.test(id))).toEqual([]);
    expect(singlePoints(apart)).toEqual(
      expect.arrayContaining(['region:eu-west-1', 'region:eu-north-1', 'service:s3@eu-west-1']),
    );
    expect(assumptionsOf(apart)).toMatch(/users of west\/Files have nowhere to go: nothing replicates it/);
    expect(both.availability.unavailability).toBeLessThan(apart.availability.unavailability / 2);
  });

  it('fails with its region where it has one bucket', () => {
    expect(singlePoints(one)).toEqual(expect.arrayContaining(['region:eu-west-1', 'service:s3@eu-west-1']));
    expect(singlePoints(one)).not.toContain('region:eu-north-1');
    expect(eventIds(one).some((id) => id.startsWith('switch'))).toBe(false);
  });

  it('is turned by a person, in availability as in the way back from the loss of a region', () => {
    expect(waits(both, 'switching:west/Point eu-west-1')).toBe(SECONDS);
    expect(both.recovery.region.typicalRtoSeconds).toBe(SECONDS);
    expect(both.recovery.region.rtoTerms.map(({ what }) => what).slice(-2)).toEqual([
      'a person moves the traffic',
      'the new routes of the access point take effect',
    ]);
    expect(assumptionsOf(both)).toMatch(
      /a person turns the routes of west\/Point away from a bucket that is broken/,
    );
  });

  it('needs no control plane to be turned', () => {
    expect(both.controlPlane.filter(({ disruption }) => disruption === 'region')).toEqual([]);
  });

  it('is needed by what has its name in its environment, and then is no way in of its own', () => {
    const Handler = {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { FILES: attribute('Point', 'Alias') } } },
    };
    const Api = {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: ref('Handler'), AuthType: 'NONE' },
    };
    const used = shop({ replicates: true, more: { Handler, Api } });
    expect(used.entryPoints.map(({ id }) => id)).not.toContain('west/Point');
    expect(singlePoints(used)).toContain('resource:west/Point');
  });

  it('whose buckets another app holds counts as S3 does, and says so', () => {
    const open = shop({ replicates: true, buckets: ['theirs-1', 'theirs-2'] });
    expect(assumptionsOf(open)).toMatch(/2 of the buckets of west\/Point are not in the app/);
    expect(eventIds(open)).toContain('service:s3');
  });
});
