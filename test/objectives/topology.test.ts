import fc from 'fast-check';
import { STORE_FACTS } from '../../lib/calculus/store-facts';
import { Span } from '../../lib/calculus/time-span';
import { ConfigurationError } from '../../lib/errors';
import { checkDesign } from '../../lib/objectives/feasibility';
import { Objectives } from '../../lib/objectives/objectives';
import { RecoveryApproach, ReplicationMode } from '../../lib/objectives/policy/regions';
import { Residency } from '../../lib/objectives/residency';
import { TIERS } from '../../lib/objectives/tier';
import { tierPolicy } from '../../lib/objectives/tier-policy';
import { recommendTopology } from '../../lib/objectives/topology';
import { ReadConsistency, type TopologyNeeds, WriteConflicts } from '../../lib/objectives/topology-needs';
import type { Topology } from '../../lib/objectives/topology-recommended';

const { minutes, hours, seconds } = Span;

/** A shop that may lose five minutes and must be back within the hour. */
const SHOP: TopologyNeeds = { stateful: true, rto: hours(1), rpo: minutes(5) };

const shape = ({ approach, replication, routing }: Topology) => `${approach} ${replication} ${routing}`;
const recommended = (needs: Partial<TopologyNeeds>) => shape(recommendTopology({ ...SHOP, ...needs }));
const refused = (needs: Partial<TopologyNeeds>) => {
  try {
    recommendTopology({ ...SHOP, ...needs });
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('recommendTopology', () => {
  test.each<[string, Partial<TopologyNeeds>, string]>([
    ['days', { rto: hours(72), rpo: hours(48) }, 'BACKUP_AND_RESTORE backup-copies simple'],
    ['hours and little loss', { rto: hours(8) }, 'PILOT_LIGHT asynchronous failover'],
    ['an hour', {}, 'PILOT_LIGHT asynchronous failover'],
    ['minutes', { rto: minutes(15) }, 'WARM_STANDBY asynchronous failover'],
    ['a few minutes', { rto: minutes(2), fullSecondRegion: true }, 'HOT_STANDBY asynchronous failover'],
    ['an hour and no loss', { rpo: Span.ZERO }, 'PILOT_LIGHT synchronous failover'],
    ['seconds', { rto: seconds(30) }, 'ACTIVE_ACTIVE synchronous latency'],
    [
      'seconds, and conflicts can be resolved',
      { rto: seconds(30), writeConflicts: WriteConflicts.RESOLVABLE },
      'ACTIVE_ACTIVE asynchronous latency',
    ],
    [
      'seconds, and readers must see the last write',
      { rto: seconds(30), writeConflicts: WriteConflicts.NONE, consistency: ReadConsistency.STRONG },
      'ACTIVE_ACTIVE synchronous latency',
    ],
    ['hours without data', { stateful: false, rto: hours(8) }, 'BACKUP_AND_RESTORE none simple'],
    ['minutes without data', { stateful: false, rto: minutes(15) }, 'WARM_STANDBY none failover'],
    [
      'less than a millisecond',
      { rto: seconds(0.0001), slo: 0.999999999, writeConflicts: WriteConflicts.RESOLVABLE },
      'ACTIVE_ACTIVE asynchronous latency',
    ],
    ['an hour, but not even that in a year', { slo: 0.99999 }, 'WARM_STANDBY asynchronous failover'],
  ])('recommends for %s: %o', (_, needs, expected) => {
    expect(recommended(needs)).toBe(expected);
  });

  test('names stores that keep the recovery point, and the source of each reason', () => {
    const { stores, reasons } = recommendTopology({ ...SHOP, rpo: Span.ZERO, family: 'key-value' });
    expect(stores).toEqual([STORE_FACTS.dynamoDbGlobalTableStrong.store]);
    expect(reasons.map(({ because }) => because)).toEqual([
      expect.stringMatching(
        /^PILOT_LIGHT takes 20 min at least .*, and 1 h are allowed; BACKUP_AND_RESTORE is cheaper/,
      ),
      'an RPO of 0 loses no write: both regions must have it before it is acknowledged; a third region is the witness',
      'one region serves; users move to the other only when its health check fails',
    ]);
    for (const { source } of reasons) expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  test('says where sessions must lie when all regions serve', () => {
    const { reasons } = recommendTopology({ ...SHOP, rto: seconds(30), sessionAffinity: true });
    expect(reasons.at(-1)?.because).toMatch(/sessions must lie in the replicated store$/);
  });

  test('says what would change it', () => {
    const { wouldChange } = recommendTopology({ ...SHOP, rto: minutes(15) });
    expect(wouldChange).toContain('an RPO of 0 would need WARM_STANDBY with synchronous replication');
    expect(wouldChange).toContain(
      'a service without data of its own would get by with WARM_STANDBY, without replication',
    );
    expect(wouldChange).toContain(
      'an RTO of 20 min would get by with PILOT_LIGHT with asynchronous replication',
    );
    expect(wouldChange).toContain('an RTO of 1 s would need ACTIVE_ACTIVE with synchronous replication');
  });

  test('names no store that loses more to damaged data than it may', () => {
    const { stores } = recommendTopology({ ...SHOP, rpo: Span.ZERO, dataRepairRpo: minutes(5) });
    expect(stores).toEqual(['DynamoDB global table with strong consistency']);
    const cache = (hours: number) =>
      recommendTopology({ ...SHOP, family: 'cache', dataRepairRpo: minutes(60 * hours) }).stores;
    expect(cache(48)).toContain('MemoryDB Multi-Region');
    expect(() => cache(1)).toThrow(/no cache store.*1 h to damaged data/);
  });

  test('restores nothing where no write may be lost', () => {
    const of = (rpo: Span) => recommendTopology({ ...SHOP, rto: minutes(24 * 60), rpo });
    expect(of(Span.ZERO).approach).not.toBe(RecoveryApproach.BACKUP_AND_RESTORE);
    expect(of(minutes(2 * 24 * 60)).approach).toBe(RecoveryApproach.BACKUP_AND_RESTORE);
  });

  test('tells what the cheapest approach cannot keep, not what a dearer one would ask for besides', () => {
    const files = () => recommendTopology({ ...SHOP, family: 'object', rto: minutes(15), rpo: minutes(5) });
    expect(files).toThrow(/no store that replicates asynchronously keeps an RPO of 5 min; no object store/);
    expect(files).not.toThrow(/two writes/);
  });

  test('says what could not be kept', () => {
    const { wouldChange } = recommendTopology({
      ...SHOP,
      residency: new Residency({ countries: ['DE', 'IE'] }),
    });
    expect(wouldChange).toContainEqual(
      expect.stringMatching(/^an RPO of 0 could not be kept: .* need 3 regions, but data may lie in 2$/),
    );
  });

  test.each<[string, Partial<TopologyNeeds>, RegExp]>([
    [
      'data may lie in one region',
      { residency: new Residency({ countries: ['IE'] }) },
      /^data may lie in one region that is known, so nothing is left when a region is lost$/,
    ],
    [
      'there is no budget for what is fast enough',
      { rto: minutes(2), fullSecondRegion: false },
      /^to be back within 2 min, a second region must run at full size, for which there is no budget$/,
    ],
    [
      'no store of the kind can do it',
      { family: 'file', rpo: Span.ZERO },
      /no file store does that within 1 h$/,
    ],
    [
      'nothing may be lost with a region, and minutes to damage, of relational data',
      { family: 'relational', rpo: Span.ZERO, dataRepairRpo: minutes(5) },
      /no relational store does that within 1 h and loses at most 5 min to damaged data$/,
    ],
    [
      'the RPO for damage is negative',
      { dataRepairRpo: seconds(-1) },
      /^the RPO for damaged data must be 0 or more$/,
    ],
    ['the RPO is missing', { rpo: undefined }, /^it keeps data, but has no RPO$/],
    ['the RTO is 0', { rto: Span.ZERO }, /^the RTO must be more than 0$/],
    ['the RPO is negative', { rpo: seconds(-1) }, /^the RPO must be 0 or more$/],
    ['the SLO is a percentage', { slo: 99.9 }, /^an SLO of 99.9 is no fraction between 0 and 1$/],
  ])('fails when %s', (_, needs, problem) => {
    expect(refused(needs)).toMatchObject({ path: 'topology', problem: expect.stringMatching(problem) });
  });
});

const anyNeeds: fc.Arbitrary<TopologyNeeds> = fc.record({
  stateful: fc.boolean(),
  rto: fc.integer({ min: 1, max: 300_000 }).map(seconds),
  rpo: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200_000 })).map(seconds),
  consistency: fc.constantFrom(...Object.values(ReadConsistency)),
  writeConflicts: fc.constantFrom(...Object.values(WriteConflicts)),
  slo: fc.constantFrom(0.99, 0.999, 0.9999, 0.99999),
  sessionAffinity: fc.boolean(),
  fullSecondRegion: fc.boolean(),
  residency: fc.constantFrom(
    new Residency({ countries: ['DE', 'IE'] }),
    new Residency({ countries: ['US'] }),
  ),
});

/** The recommendation, or nothing where there is none. */
function attempt(needs: TopologyNeeds): Topology | undefined {
  try {
    return recommendTopology(needs);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

const APPROACHES = Object.values(RecoveryApproach);
const MODES = Object.values(ReplicationMode);

describe('every recommendation', () => {
  test('passes checkDesign with the objectives that it was asked for', () => {
    fc.assert(
      fc.property(anyNeeds, (needs) => {
        const topology = attempt(needs);
        if (!topology) return;
        const none = { rto: seconds(1), rpo: Span.ZERO };
        const objectives = new Objectives({
          slo: needs.slo ?? 0.9,
          sloWindow: Span.days(30),
          rollback: { rto: hours(1) },
          dataRepair: { rto: hours(8), rpo: hours(1) },
          instance: none,
          availabilityZone: none,
          region: { rto: needs.rto, rpo: needs.rpo ?? Span.ZERO },
        });
        expect(() => checkDesign(objectives, topology.design)).not.toThrow();
      }),
    );
  });

  test('is never weaker for a stricter recovery time', () => {
    fc.assert(
      fc.property(anyNeeds, fc.double({ min: 0.001, max: 1, noNaN: true }), (needs, share) => {
        const [loose, strict] = [
          attempt(needs),
          attempt({ ...needs, rto: seconds(needs.rto.toSeconds() * share) }),
        ];
        if (!strict) return;
        expect(loose).toBeDefined();
        const rank = (each?: Topology) =>
          APPROACHES.indexOf(each?.approach ?? RecoveryApproach.ACTIVE_ACTIVE);
        expect(rank(strict)).toBeLessThanOrEqual(rank(loose));
      }),
    );
  });

  test('is never weaker, and never replicates less, for a stricter recovery point', () => {
    fc.assert(
      fc.property(anyNeeds, fc.double({ min: 0, max: 1, noNaN: true }), (needs, share) => {
        const rpo = seconds((needs.rpo?.toSeconds() ?? 0) * share);
        const [loose, strict] = [attempt(needs), attempt({ ...needs, rpo })];
        if (!strict) return;
        expect(loose).toBeDefined();
        if (!loose) return;
        expect(APPROACHES.indexOf(strict.approach)).toBeLessThanOrEqual(APPROACHES.indexOf(loose.approach));
        expect(MODES.indexOf(strict.replication)).toBeLessThanOrEqual(MODES.indexOf(loose.replication));
      }),
    );
  });

  test.each(TIERS)('for what tier %i owes is no faster than its policy says', (tier) => {
    const { rto, rpo } = tierPolicy(tier).recovery.region;
    const { approach } = recommendTopology({ stateful: true, rto: rto.value, rpo: rpo.value });
    const policy = tierPolicy(tier).approach.value;
    expect(APPROACHES.indexOf(approach)).toBeGreaterThanOrEqual(APPROACHES.indexOf(policy));
  });
});
