import { AWS_FACTS } from '../../lib/calculus/aws-facts';
import { burnRate } from '../../lib/calculus/burn-rate';
import { backupDataLoss } from '../../lib/calculus/data-loss';
import { downtimePerYearSeconds, MONTH } from '../../lib/calculus/error-budget';
import { failoverTime } from '../../lib/calculus/failover-time';
import type { TimeSpan } from '../../lib/calculus/time-span';
import { DATA_DISRUPTIONS } from '../../lib/objectives/disruption';
import { checkDesign } from '../../lib/objectives/feasibility';
import { Objectives } from '../../lib/objectives/objectives';
import type { Decided } from '../../lib/objectives/policy/decided';
import { FASTEST_RECOVERY } from '../../lib/objectives/policy/regions';
import { TIERS, Tier } from '../../lib/objectives/tier';
import { type TierPolicy, tierPolicy } from '../../lib/objectives/tier-policy';

const policies = TIERS.map(tierPolicy);
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

function cells(policy: TierPolicy): [string, Decided<unknown>][] {
  const { tier: _, recovery, ...flat } = policy;
  const nested = Object.entries(recovery).flatMap(([disruption, owed]) =>
    Object.entries<Decided<unknown>>(owed).map(
      ([kind, decided]) => [`${disruption}.${kind}`, decided] as const,
    ),
  );
  return [...Object.entries<Decided<unknown>>(flat), ...nested].map(([name, decided]) => [name, decided]);
}

const acrossTiers = (pick: (policy: TierPolicy) => TimeSpan) =>
  policies.map((policy) => pick(policy).toSeconds());

test('every value of every tier has a reason and a source', () => {
  for (const policy of policies) {
    for (const [name, decided] of cells(policy)) {
      expect([name, decided.because]).toEqual([name, expect.stringMatching(/\S/)]);
      expect([name, decided.source]).toEqual([name, expect.stringMatching(/^https:\/\/|^own decision/)]);
    }
  }
});

test('every tier decides the same things', () => {
  const names = policies.map((policy) => cells(policy).map(([name]) => name));
  expect(new Set(names.map((list) => list.join())).size).toBe(1);
  expect(names[0]!.length).toBeGreaterThan(50);
});

test('the recovery times are those that were agreed', () => {
  expect(acrossTiers((policy) => policy.recovery.rollback.rto.value)).toEqual([
    15 * MINUTE,
    30 * MINUTE,
    4 * HOUR,
    24 * HOUR,
  ]);
  expect(acrossTiers((policy) => policy.recovery.dataRepair.rto.value)).toEqual([
    4 * HOUR,
    8 * HOUR,
    24 * HOUR,
    72 * HOUR,
  ]);
  expect(acrossTiers((policy) => policy.recovery.instance.rto.value)).toEqual([
    60,
    120,
    15 * MINUTE,
    4 * HOUR,
  ]);
  expect(acrossTiers((policy) => policy.recovery.availabilityZone.rto.value)).toEqual([
    2 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    4 * HOUR,
  ]);
  expect(acrossTiers((policy) => policy.recovery.region.rto.value)).toEqual([
    15 * MINUTE,
    HOUR,
    8 * HOUR,
    72 * HOUR,
  ]);
});

test('the recovery points are those that were agreed', () => {
  const points = DATA_DISRUPTIONS.map((disruption) =>
    acrossTiers((policy) => policy.recovery[disruption].rpo.value),
  );
  expect(points).toEqual([
    [300, 300, HOUR, 48 * HOUR],
    [0, 0, 300, DAY],
    [0, 0, 300, DAY],
    [60, 300, DAY, 2 * DAY],
  ]);
});

describe('a more critical tier never asks for less', () => {
  const shorterOrEqual: [string, (policy: TierPolicy) => number][] = [
    ['TTL', (policy) => policy.dnsTtl.value.toSeconds()],
    ['longest TTL', (policy) => policy.maximumDnsTtl.value.toSeconds()],
    ['check interval', (policy) => policy.lbCheckInterval.value.toSeconds()],
    ['snapshot interval', (policy) => policy.snapshotInterval.value.toSeconds()],
    ['restore test interval', (policy) => policy.restoreTestInterval.value.toSeconds()],
    ['runbook age', (policy) => policy.runbookMaximumAge.value?.toSeconds() ?? Number.POSITIVE_INFINITY],
    ['risk acceptance age', (policy) => policy.riskAcceptanceMaximumAge.value.toSeconds()],
    ['canary interval', (policy) => policy.canaryInterval.value?.toSeconds() ?? Number.POSITIVE_INFINITY],
    ['chaos interval', (policy) => policy.chaosInterval.value?.toSeconds() ?? Number.POSITIVE_INFINITY],
    ['DNS budget', (policy) => policy.dnsFailoverBudget.value?.toSeconds() ?? Number.POSITIVE_INFINITY],
    ['unavailability', (policy) => downtimePerYearSeconds(policy.availabilitySlo.value)],
    ['zones', (policy) => -policy.zones.value],
    ['NAT gateways', (policy) => -policy.natGateways.value],
    ['regions', (policy) => -policy.regionCount.value],
    ['standby capacity', (policy) => -policy.standbyRegionCapacity.value],
    ['retention', (policy) => -policy.minimumBackupRetention.value.toSeconds()],
    ['alerts', (policy) => -policy.sloAlerts.value.length],
    ['records', (policy) => -policy.requiredRecords.value.length],
  ];

  test.each(shorterOrEqual)('%s', (_, measure) => {
    const values = policies.map(measure);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });
});

describe.each(policies.map((policy) => [policy.tier, policy] as const))('tier %d', (tier, policy) => {
  test('has objectives that do not contradict themselves or its own placement', () => {
    const objectives = Objectives.forTier(tier);
    expect(() =>
      checkDesign(objectives, {
        approach: policy.weakestApproach.value,
        zoneReplication: { mode: policy.zoneReplication.value },
      }),
    ).not.toThrow();
    expect(FASTEST_RECOVERY[policy.approach.value].value.toSeconds()).toBeLessThanOrEqual(
      FASTEST_RECOVERY[policy.weakestApproach.value].value.toSeconds(),
    );
  });

  test('fits its DNS failover budget with its own check and its longest TTL', () => {
    const budget = policy.dnsFailoverBudget.value?.toSeconds() ?? Number.POSITIVE_INFINITY;
    const { dns, worst } = failoverTime({
      detection: {
        kind: 'health-check',
        intervalSeconds: policy.healthCheckInterval.value.toSeconds(),
        failureThreshold: policy.healthCheckFailureThreshold.value,
      },
      ttlSeconds: policy.dnsTtl.value.toSeconds(),
    });
    expect(dns.seconds).toBeLessThanOrEqual(budget);
    expect(worst.seconds).toBeLessThanOrEqual(policy.recovery.region.rto.value.toSeconds());
  });

  test('keeps its recovery point for a lost region by replication, or by copies at their worst', () => {
    const copies = backupDataLoss({
      intervalSeconds: policy.snapshotInterval.value.toSeconds(),
      startWindowSeconds: policy.backupStartWindow.value.toSeconds(),
      durationSeconds: AWS_FACTS.backupDurationSeconds.value.worst,
      copySeconds: AWS_FACTS.backupCopySeconds.value.worst,
    });
    const lag = AWS_FACTS.auroraGlobalLagSeconds.value.worst;
    const loss = tier <= Tier.BUSINESS_CRITICAL ? lag : copies.seconds;
    expect(loss).toBeLessThanOrEqual(policy.recovery.region.rpo.value.toSeconds());
  });

  test('repairs data from point-in-time recovery or backups within its recovery point', () => {
    const owed = policy.recovery.dataRepair.rpo.value.toSeconds();
    const lag = AWS_FACTS.rdsPointInTimeLagSeconds.value;
    const daily = policy.snapshotInterval.value.toSeconds() + policy.backupStartWindow.value.toSeconds();
    expect(policy.pitrRetention.value ? lag : daily).toBeLessThanOrEqual(owed);
  });

  test('has load-balancer checks that the service accepts and that see a lost zone in time', () => {
    const interval = policy.lbCheckInterval.value.toSeconds();
    expect(policy.lbCheckTimeout.value.toSeconds()).toBeLessThan(interval);
    expect(interval).toBeGreaterThanOrEqual(AWS_FACTS.elbIntervalRangeSeconds.value.least);
    expect(interval * policy.lbUnhealthyThreshold.value).toBeLessThanOrEqual(
      policy.recovery.availabilityZone.rto.value.toSeconds(),
    );
    expect(policy.deregistrationDelay.value.toSeconds()).toBeLessThanOrEqual(
      policy.recovery.availabilityZone.rto.value.toSeconds(),
    );
  });

  test('keeps within the limits of Route 53 and AWS Backup', () => {
    expect(AWS_FACTS.route53HealthCheckIntervalsSeconds.value).toContain(
      policy.healthCheckInterval.value.toSeconds(),
    );
    expect(policy.checkerRegions.value).toBeGreaterThanOrEqual(AWS_FACTS.route53MinimumCheckerRegions.value);
    expect(policy.backupStartWindow.value.toSeconds()).toBeGreaterThanOrEqual(
      AWS_FACTS.backupMinimumStartWindowSeconds.value,
    );
    expect(policy.snapshotInterval.value.toSeconds()).toBeGreaterThanOrEqual(
      AWS_FACTS.backupMinimumIntervalSeconds.value,
    );
  });
});

test('the DNS failover budgets are 90 s, 150 s, 390 s and a person', () => {
  expect(policies.map((policy) => policy.dnsFailoverBudget.value?.toSeconds())).toEqual([
    90,
    150,
    390,
    undefined,
  ]);
});

test('the alerts have the published burn rates', () => {
  const rates = tierPolicy(Tier.MISSION_CRITICAL).sloAlerts.value.map((alert) =>
    burnRate(alert.budgetShare, alert.longWindow, MONTH),
  );
  expect(rates).toEqual([14.4, 6, 3, 1].map((rate) => expect.closeTo(rate, 9)));
});

test('fails when there is no such tier', () => {
  expect(() => tierPolicy(7 as Tier)).toThrow(/7 is no tier/);
});
