import { Span } from '../../lib/calculus/time-span';
import { checkDesign, type Design } from '../../lib/objectives/feasibility';
import { Objectives } from '../../lib/objectives/objectives';
import { RecoveryApproach, ReplicationMode } from '../../lib/objectives/policy/regions';
import { Tier } from '../../lib/objectives/tier';

const { ASYNCHRONOUS, BACKUP_COPIES, NONE, SYNCHRONOUS } = ReplicationMode;
const tier0 = Objectives.forTier(Tier.MISSION_CRITICAL);
const tier1 = Objectives.forTier(Tier.BUSINESS_CRITICAL);
const lossless = Objectives.forTier(Tier.MISSION_CRITICAL, { region: { rpo: Span.ZERO } });

const check = (objectives: Objectives, design: Design) => () => checkDesign(objectives, design, 'Shop');

describe('a design fails when', () => {
  test('it restores backups, but the SLO allows 52.6 min a year', () => {
    expect(check(tier0, { approach: RecoveryApproach.BACKUP_AND_RESTORE })).toThrow(
      /^Shop: 2 mistakes: \(1\) an SLO of 99\.99 % allows 52\.6 min a year, but one recovery by BACKUP_AND_RESTORE takes 4 h/,
    );
  });

  test('its approach takes longer than the recovery time of a region', () => {
    expect(check(tier1, { approach: RecoveryApproach.BACKUP_AND_RESTORE })).toThrow(
      /RTO for the loss of a region is 1 h, but BACKUP_AND_RESTORE takes 4 h at least/,
    );
  });

  test.each([ASYNCHRONOUS, BACKUP_COPIES])('nothing may be lost, and replication is %s', (mode) => {
    expect(check(lossless, { regionReplication: { mode, lag: Span.seconds(1) } })).toThrow(
      new RegExp(
        `RPO for the loss of a region is 0 s, but ${mode} replication loses what it has not sent yet`,
      ),
    );
  });

  test('replication lags behind the recovery point', () => {
    expect(check(tier1, { regionReplication: { mode: ASYNCHRONOUS, lag: Span.minutes(15) } })).toThrow(
      /is 5 min, but asynchronous replication can be 15 min behind\n {2}fix: bring the lag down to 5 min/,
    );
  });

  test('there is no second place', () => {
    expect(check(tier1, { zoneReplication: { mode: NONE } })).toThrow(/no second place: all data is lost/);
  });
});

describe('a design is accepted when', () => {
  test('nothing may be lost, and replication is synchronous', () => {
    expect(check(lossless, { regionReplication: { mode: SYNCHRONOUS } })).not.toThrow();
  });

  test('its lag is just the recovery point', () => {
    expect(check(tier1, { regionReplication: { mode: ASYNCHRONOUS, lag: Span.minutes(5) } })).not.toThrow();
  });

  test('nothing is said about it', () => {
    expect(checkDesign(tier1, {})).toEqual([]);
  });
});

describe('a remark is made when', () => {
  test('the expected disruptions spend more than the yearly budget', () => {
    const remarks = checkDesign(tier0, { disruptionsPerYear: { region: 1, availabilityZone: 20 } });
    expect(remarks).toEqual([
      'expected disruptions take 55 min a year at their RTO (1 × 15 min + 20 × 2 min), ' +
        'but an SLO of 99.99 % allows 52.6 min: recover faster than the RTO, or less often',
    ]);
    expect(checkDesign(tier0, { disruptionsPerYear: { region: 3 } })).toEqual([]);
    expect(checkDesign(tier0, { disruptionsPerYear: { region: 4 } })).toHaveLength(1);
  });

  test('a region should come back within less than 10 min', () => {
    const hasty = Objectives.forTier(Tier.MISSION_CRITICAL, { region: { rto: Span.minutes(5) } });
    expect(checkDesign(hasty, {})).toEqual([expect.stringContaining('seldom kept')]);
  });

  test('repair should lose less than point-in-time recovery does', () => {
    const strict = Objectives.forTier(Tier.MISSION_CRITICAL, { dataRepair: { rpo: Span.minutes(1) } });
    expect(checkDesign(strict, {})).toEqual([expect.stringContaining('ends about 5 min before now')]);
  });
});
