import { RecoveryApproach } from '../lib/objectives/policy/regions';
import { TIERS, Tier } from '../lib/objectives/tier';
import { tierPolicy } from '../lib/objectives/tier-policy';
import { allLives } from './support/deployed';
import { FIRST, type Life, resourcesAt, SECOND, THIRD } from './support/lifetimes';
import { type AppResources, keepsAnything, type Replacement, replacements } from './support/replacements';

const lives = allLives().map((life) => [life.name, life] as const);

const { ACTIVE_ACTIVE, HOT_STANDBY, WARM_STANDBY } = RecoveryApproach;

/** What happens to a service while it lives. */
enum Change {
  TIER = 'another tier',
  APPROACH = 'another tier with the approach of its own',
  FIRST_LEAVES = 'the region that came first has been taken over, and leaves',
  SECOND_LEAVES = 'the second region leaves',
  THIRD_LEAVES = 'the third region leaves',
  ROLES = 'the regions swap their roles',
}

/** One change: before, after, and the regions that are given up with all that is in them. */
interface Step {
  readonly at: string;
  readonly before: AppResources | undefined;
  readonly after: AppResources | undefined;
  readonly removed?: readonly string[];
}

const TWO = [FIRST, SECOND];
const THREE = [...TWO, THIRD];

/** Both ways between neighbouring tiers. */
function betweenTiers(at: (tier: Tier) => AppResources | undefined): readonly Step[] {
  return TIERS.slice(1).flatMap((tier) => {
    const [stricter, weaker] = [at(tier - 1), at(tier)];
    return [
      { at: `tier ${tier - 1} to ${tier}`, before: stricter, after: weaker },
      { at: `tier ${tier} to ${tier - 1}`, before: weaker, after: stricter },
    ];
  });
}

/** With the approach that the tier decides; what cannot serve in both regions is tried with the weakest. */
function ofItsOwn(life: Life, tier: Tier): AppResources | undefined {
  const { approach } = tierPolicy(tier);
  const at = (each: RecoveryApproach) => resourcesAt(life, { tier, approach: each, regions: TWO });
  return at(approach.value) ?? (tier === Tier.MISSION_CRITICAL ? at(HOT_STANDBY) : undefined);
}

/** The approach that a pattern is tried with where its tier is left aside. */
function approachOf({ pattern }: Life, tier: Tier): RecoveryApproach {
  return pattern.approach ?? (tier === Tier.MISSION_CRITICAL ? ACTIVE_ACTIVE : WARM_STANDBY);
}

const { MISSION_CRITICAL, BUSINESS_CRITICAL, IMPORTANT, STANDARD } = Tier;

const STEPS: Readonly<Record<Change, (life: Life) => readonly Step[]>> = {
  [Change.TIER]: (life) => {
    const approach = life.pattern.approach ?? WARM_STANDBY;
    return betweenTiers((tier) => resourcesAt(life, { tier, approach, regions: TWO }));
  },
  [Change.APPROACH]: (life) => betweenTiers((tier) => ofItsOwn(life, tier)),
  [Change.FIRST_LEAVES]: (life) => [
    left(life, { tier: IMPORTANT, approach: approachOf(life, IMPORTANT), regions: TWO }, FIRST),
    // The most critical are refused in one region.
    left(
      life,
      { tier: BUSINESS_CRITICAL, approach: approachOf(life, BUSINESS_CRITICAL), regions: THREE },
      FIRST,
    ),
  ],
  [Change.SECOND_LEAVES]: (life) =>
    [IMPORTANT, STANDARD].map((tier) =>
      left(life, { tier, approach: approachOf(life, tier), regions: TWO }, SECOND),
    ),
  [Change.THIRD_LEAVES]: (life) =>
    [MISSION_CRITICAL, BUSINESS_CRITICAL].map((tier) =>
      left(life, { tier, approach: approachOf(life, tier), regions: THREE }, THIRD),
    ),
  [Change.ROLES]: (life) => {
    const moment = { tier: BUSINESS_CRITICAL, approach: WARM_STANDBY };
    const before = resourcesAt(life, { ...moment, regions: TWO });
    const after = resourcesAt(life, { ...moment, regions: [SECOND, FIRST], takenOver: true });
    return [{ at: 'tier 1', before, after }];
  },
};

/** A region is given up; where it came first, another has taken over. */
function left(life: Life, moment: Parameters<typeof resourcesAt>[1], region: string): Step {
  const regions = moment.regions.filter((each) => each !== region);
  return {
    at: `tier ${moment.tier}`,
    before: resourcesAt(life, moment),
    after: resourcesAt(life, { ...moment, regions, takenOver: region === FIRST }),
    removed: [region],
  };
}

interface Lost extends Replacement {
  readonly at: string;
}

/** What a change would lose, beside what is accepted. */
function lostBy(change: Change, life: Life): readonly Lost[] {
  const accepted = ACCEPTED[life.name] ?? [];
  const isAccepted = ({ resource, type, why }: Replacement): boolean => {
    const answer = accepted.find(
      ([during, found]) => during.includes(change) && found.test(`${resource} ${type} ${why}`),
    );
    if (answer) USED.add(answer);
    return answer !== undefined;
  };
  return STEPS[change](life).flatMap(({ at, before, after, removed }) =>
    before && after
      ? replacements(before, after, removed)
          .filter((each) => !isAccepted(each))
          .map((each) => ({ at, ...each }))
      : [],
  );
}

const USED = new Set<unknown>();
const { TIER, APPROACH, FIRST_LEAVES, SECOND_LEAVES, THIRD_LEAVES, ROLES } = Change;

type Accepted = readonly [during: readonly Change[], found: RegExp, reason: string];

const ANY_TIER = [TIER, APPROACH];
const NO_AIR_GAP: Accepted = [
  ANY_TIER,
  /LogicallyAirGappedBackupVault is left behind/,
  'below tier 0 none is owed; it keeps its backups',
];
const ELSEWHERE: Accepted = [
  [APPROACH, ROLES],
  /\/(BackupReportsBucket|LogKey|RestoreTests)\w+ \S+ is (left behind|gone)/,
  'reports, and what restores for a test and tells of it, are where the service is served; old reports stay',
];
const EMPTY_SHELL: Accepted = [
  [SECOND_LEAVES],
  /GlobalCluster is left behind/,
  'it keeps no data: its one cluster does, and stays',
];
const KEPT_BY_RDS: Accepted = [
  [SECOND_LEAVES],
  /SecretsManager::Secret is left behind/,
  'without a replica the credentials move to a secret of RDS',
];

/** What is not owed any more, or is no data, by use: when, what is left out, and why. */
const ACCEPTED: Readonly<Record<string, readonly Accepted[]>> = {
  BackupStrategy: [NO_AIR_GAP, ELSEWHERE],
  RestoreTesting: [NO_AIR_GAP, ELSEWHERE],
  DurableEventBus: [[ANY_TIER, /Events::Archive is gone/, 'at tier 3 no event is owed to be played again']],
  RdsMultiAzInstance: [
    [
      ANY_TIER,
      /RDS::DBInstance is left behind/,
      'the replica of the standby, which copies of backups replace; `regionCopy` keeps it',
    ],
    [
      ANY_TIER,
      /SecretsManager::Secret is left behind/,
      'without a replica the credentials move to a secret of RDS',
    ],
  ],
  'RdsMultiAzInstance with a replica': [KEPT_BY_RDS],
  'ReplicatedDatabase on RDS': [KEPT_BY_RDS],
  DocumentDatabase: [EMPTY_SHELL],
  GraphDatabase: [EMPTY_SHELL],
  MandatoryAlarms: [
    [ANY_TIER, /SNS::Topic is gone/, 'below tier 1 no alarm is owed, and a topic keeps nothing'],
  ],
  RegionSwitch: [
    [
      [APPROACH, ROLES],
      /(S3::Bucket|KMS::Key) is left behind/,
      'reports are written in the region that waits: another one writes into another bucket, and the old reports stay',
    ],
  ],
};

type Refused = readonly (readonly [during: readonly Change[], reason: string])[];

const OF_TWO: Refused = [
  [
    [FIRST_LEAVES, SECOND_LEAVES, THIRD_LEAVES],
    'it leads from one region to one other: one or three are refused',
  ],
];
const WITH_STACKS: Refused = [
  [
    [FIRST_LEAVES, SECOND_LEAVES, THIRD_LEAVES, ROLES],
    'it makes the stacks themselves, of two regions in this use; what is in them is looked at by itself',
  ],
];

/** The uses that keep something and cannot be looked at after a change: when, and why. */
const REFUSED: Readonly<Record<string, Refused>> = {
  ActiveActive: WITH_STACKS,
  ActivePassive: WITH_STACKS,
  RegionSet: WITH_STACKS,
  ActiveActiveDns: [
    [
      [APPROACH, SECOND_LEAVES, ROLES],
      'all regions serve, two at least: fewer, or one that waits, are refused',
    ],
  ],
  AlarmHealthCheck: OF_TWO,
  FailoverDns: OF_TWO,
  RegionSwitch: OF_TWO,
  RoutingControlCheck: OF_TWO,
  DsqlCluster: [[[THIRD_LEAVES], 'a cluster is in two regions and has a witness: three are refused']],
  ReplicatedFileSystem: [[[THIRD_LEAVES], 'EFS replicates to one other region: two are refused']],
};

describe('nothing that keeps data is made anew', () => {
  describe.each(Object.values(Change))('by this: %s', (change) => {
    test.each(lives)('of %s', (_, life) => {
      expect(lostBy(change, life)).toEqual([]);
    });
  });
});

/** Whether the app of a use keeps something, and after which changes that was looked at. */
function lookedAt(life: Life): { readonly keeps: boolean; readonly changes: readonly Change[] } {
  const apps = Object.values(Change).map((change) => [change, STEPS[change](life)] as const);
  const keeping = ({ before, removed }: Step): boolean =>
    before !== undefined && keepsAnything(before, removed);
  return {
    keeps: apps.some(([, steps]) => steps.some(keeping)),
    changes: apps
      .filter(([, steps]) => steps.some((step) => keeping(step) && step.after !== undefined))
      .map(([change]) => change),
  };
}

describe('of all that was looked at', () => {
  const MINUTES = 20 * 60 * 1000;

  test.each(lives)(
    '%s, where it keeps something, is compared after each change, or it is said why not',
    (name, life) => {
      const { keeps, changes } = lookedAt(life);
      const missing = keeps ? Object.values(Change).filter((change) => !changes.includes(change)) : [];
      expect(missing).toEqual((REFUSED[name] ?? []).flatMap(([during]) => during));
    },
  );

  test(
    'what is accepted is still there to accept',
    () => {
      for (const [, life] of lives) for (const change of Object.values(Change)) lostBy(change, life);
      expect(
        Object.values(ACCEPTED)
          .flat()
          .filter((answer) => !USED.has(answer)),
      ).toEqual([]);
    },
    MINUTES,
  );

  test('what is said of a use is said of one that there is', () => {
    const names = lives.map(([name]) => name);
    expect(
      [...Object.keys(ACCEPTED), ...Object.keys(REFUSED)].filter((name) => !names.includes(name)),
    ).toEqual([]);
  });
});
