import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import fc from 'fast-check';
import { Graph } from '../../lib/assembly/graph';
import { load } from '../../lib/assembly/source/load';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import { Span } from '../../lib/calculus/time-span';
import { RegionSet } from '../../lib/constructs/region/region-set';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { ConfigurationError } from '../../lib/errors';
import { Objectives } from '../../lib/objectives/objectives';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service, type ServiceProps } from '../../lib/objectives/service';
import { TIERS, Tier } from '../../lib/objectives/tier';
import { tierPolicy } from '../../lib/objectives/tier-policy';
import { NOT_ALONE } from './expected-findings';
import { addBackups } from './pattern-parts';
import { TODAY } from './rule-cases';
import { watch } from './watched';

/** Where a pattern is tried. */
export interface Surroundings {
  readonly tier: Tier;

  /** Whether both regions serve, or one waits. */
  readonly approach: RecoveryApproach;

  /** The accounts of the two regions, the same twice where there is one account. */
  readonly accounts: readonly [first: string, second: string];

  /** The two regions, the primary first. */
  readonly regions: readonly [first: string, second: string];

  /** How many zones each region has. @default 3 */
  readonly zones?: number;

  /** @default false */
  readonly nonProduction?: boolean;

  /** What the service says of itself beside its name, tier and owner. */
  readonly service?: Partial<ServiceProps>;

  /** Whether the service backs up what the pattern keeps, and restores it as a test. @default false */
  readonly backedUp?: boolean;
}

/** A construct as its tests, the docs and the linters try it. */
export interface Pattern<Options = never> {
  /** The class, as users import it. */
  readonly construct: string;

  /**
   * Its minimal use in the stack of one region, between the lines `// minimal` and `// end`: six lines at most. What it
   * needs around it comes before.
   */
  readonly build: (stack: RegionStack, around: Surroundings) => void;

  /**
   * For what stands beside the stacks of regions and not in one: a set of regions. Instead of `build`, whose stub
   * is then not called.
   */
  readonly buildApp?: (app: App, service: Service, around: Surroundings) => void;

  /** Why its tier decides nothing, where that is so: a sentence for those who read the table of what tiers decide. */
  readonly tierDecidesNothing?: string;

  /**
   * For what decides of things that stand there already: what the table of its decisions is made with, built after the
   * minimal use. The id of each thing is what the table calls it. No audit looks at it.
   */
  readonly decidesOf?: (stack: RegionStack) => void;

  /** Whether it keeps data that a backup plan beside it selects: the audit then looks at both. @default false */
  readonly backedUp?: boolean;

  /** How the regions share the work. @default - both active at tier 0, a warm standby below */
  readonly approach?: RecoveryApproach;

  /** What the service says of itself beside its name, tier and owner. */
  readonly service?: Partial<ServiceProps>;

  /** The tiers at which its minimal use is rightly refused, with the message. */
  readonly refused?: Readonly<Partial<Record<Tier, RegExp>>>;

  /** The tiers at which it is rightly refused where its regions are in two accounts, with the message. */
  readonly refusedInTwoAccounts?: Readonly<Partial<Record<Tier, RegExp>>>;

  /** Options to try at random, each either refused clearly or without findings. */
  readonly options?: fc.Arbitrary<Options>;

  /** Its use with options. */
  readonly buildWith?: (stack: RegionStack, options: Options, around: Surroundings) => void;

  /** The same for what stands beside the stacks of regions. */
  readonly buildAppWith?: (app: App, service: Service, options: Options, around: Surroundings) => void;
}

const ONE_ACCOUNT = ['111122223333', '111122223333'] as const;
const TWO_ACCOUNTS = ['111122223333', '444455556666'] as const;
const REGIONS = ['eu-west-1', 'eu-central-1'] as const;

/** They have more than three zones. */
const US_REGIONS = ['us-east-1', 'us-west-2'] as const;

/** The surroundings of a pattern at a tier, unless said otherwise. */
export function surroundings<O>(
  pattern: Pattern<O>,
  tier: Tier,
  rest: Partial<Surroundings> = {},
): Surroundings {
  const { ACTIVE_ACTIVE, WARM_STANDBY } = RecoveryApproach;
  const approach = pattern.approach ?? (tier === 0 ? ACTIVE_ACTIVE : WARM_STANDBY);
  return { tier, approach, accounts: ONE_ACCOUNT, regions: REGIONS, service: pattern.service ?? {}, ...rest };
}

/** The pattern in an app of its own, not yet synthesised. */
export function appOf<O>(pattern: Pattern<O>, around: Surroundings, outdir?: string): App {
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    analyticsReporting: false,
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      'aws:cdk:enable-path-metadata': true,
      // Nothing here asks on which line something was made, and taking a stack for each resource is slow.
      'aws:cdk:disable-creation-stack-traces': true,
      // What the packs find is read from the report.
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  const service = new Service({ name: 'shop', tier: around.tier, owner: 'team-shop', ...around.service });
  if (pattern.buildApp) pattern.buildApp(app, service, around);
  else addRegions(app, service, around, pattern.build);
  return app;
}

function addRegions(app: App, service: Service, around: Surroundings, build: Pattern['build']): void {
  const { accounts, approach, regions, zones = 3, nonProduction = false, backedUp = false } = around;
  const bothServe = approach === RecoveryApproach.ACTIVE_ACTIVE;
  const { stacks } = new RegionSet(app, 'Shop', {
    service,
    approach,
    nonProduction,
    regions: regions.map((region, index) => ({
      region,
      account: accounts[index] ?? accounts[0],
      role: bothServe ? RegionRole.ACTIVE : index === 0 ? RegionRole.PRIMARY : RegionRole.STANDBY,
      availabilityZones: ['a', 'b', 'c', 'd'].slice(0, zones).map((letter) => region + letter),
    })),
    build: (stack) => build(stack, around),
  });
  // A region may keep copies of what is made in the stack of another: all of them are made first.
  for (const stack of backedUp ? stacks : []) addBackups(stack as RegionStack);
}

/** What was found in an app: fails of the audit, errors of the packs, and ties of a standby to another region. */
export interface Findings {
  readonly audit: readonly string[];
  readonly nag: readonly string[];
  readonly ties: readonly string[];
}

/** Synthesises a pattern and looks for all that must not be there. */
export function findingsIn<O>(
  pattern: Pattern<O>,
  around: Surroundings,
  { nag = true, drawn = false }: { readonly nag?: boolean; readonly drawn?: boolean } = {},
): Findings {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-pattern-'));
  try {
    const app = appOf(pattern, { ...around, backedUp: pattern.backedUp ?? false }, outdir);
    watch(app);
    const packs = nag ? [AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks] : [];
    if (nag) Validations.of(app).addPlugins(...packs.map((Pack) => new Pack(app)));
    app.synth();
    return {
      audit: auditOf(outdir, around, pattern.construct, drawn),
      nag: nag ? nagErrors(outdir) : [],
      ties: around.regions.flatMap((region) => tiesOf(app, region, around)),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** @param drawn whether surroundings and options are drawn at random: what is listed may then be found, and need not be */
function auditOf(outdir: string, around: Surroundings, construct: string, drawn: boolean): readonly string[] {
  const { nonProduction = false, tier, accounts } = around;
  const graphs = load([outdir]).apps.map((each) => new Graph(each));
  const { verdicts } = audit(graphs, { rules: RULES, today: TODAY });
  const fails = verdicts
    .filter(({ verdict, accepted }) => verdict === 'fail' && !accepted)
    // What a stage lacks so that it can be torn down (locks, backups) is told as information there.
    .filter(({ severity }) => !(nonProduction && severity === 'info'));
  const listed = listedFor(construct, tier, drawn);
  // The list is of the plainest surroundings: elsewhere a line of it need not be needed.
  const isPlain = !nonProduction && accounts[0] === accounts[1] && !drawn;
  return [
    ...fails
      .filter(({ rule }) => !listed.includes(rule))
      .map(({ rule, stack, logicalId, message }) => `${rule} ${stack}/${logicalId}: ${message}`),
    ...(isPlain ? listed : [])
      .filter((rule) => !fails.some((each) => each.rule === rule))
      .map((rule) => `${rule} is listed as missed by ${construct} at tier ${tier}, and is kept`),
  ];
}

/** The rules that one part cannot keep alone. */
function listedFor(construct: string, tier: Tier, drawn: boolean): readonly string[] {
  return Object.entries(NOT_ALONE[construct] ?? {})
    .filter(([, { tiers, drawnAt = [] }]) => tiers.includes(tier) || (drawn && drawnAt.includes(tier)))
    .map(([rule]) => rule);
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly severity: string;
      readonly violatingConstructs: readonly { readonly constructPath?: string }[];
    }[];
  }[];
}

function nagErrors(outdir: string): readonly string[] {
  const file = join(outdir, 'validation-report.json');
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return pluginReports
    .flatMap(({ violations }) => violations)
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath = '' }) => `${ruleName} ${constructPath}`),
    )
    .sort();
}

/** What the stacks of a region that may have to stand alone read from another region at deployment. */
function tiesOf(app: App, region: string, around: Surroundings): readonly string[] {
  const others = around.regions.filter((each) => each !== region);
  if (around.approach !== RecoveryApproach.ACTIVE_ACTIVE && region === around.regions[0]) return [];
  const assembly = app.synth();
  const stacks = assembly.stacksRecursively;
  const inRegion = new Map(stacks.map((stack) => [stack.id, stack.environment.region]));
  return stacks
    .filter((stack) => stack.environment.region === region)
    .flatMap((stack) => {
      const text = JSON.stringify(stack.template);
      const needs = stack.dependencies.filter(({ id }) => others.includes(inRegion.get(id) ?? ''));
      const reads = ['Custom::CrossRegionExportReader', 'Custom::CrossRegionExportWriter'].filter((type) =>
        text.includes(type),
      );
      const outputs = [...text.matchAll(/"Fn::GetStackOutput":\{[^}]*"Region":"([^"]+)"/g)]
        .map(([, where]) => where ?? '')
        .filter((where) => others.includes(where));
      return [...needs.map(({ id }) => id), ...reads, ...outputs].map((what) => `${stack.id} needs ${what}`);
    });
}

const CLEAN: Findings = { audit: [], nag: [], ties: [] };

/** Networks of other than three zones, and the first tier whose network may have so many. */
const OTHER_ZONES = [
  { zones: 2, regions: REGIONS, from: Tier.IMPORTANT },
  { zones: 4, regions: US_REGIONS, from: Tier.MISSION_CRITICAL },
] as const;

/** What every pattern must show, at every tier, in one and in two accounts, and with options at random. */
export function acceptPattern<O>(pattern: Pattern<O>): void {
  describe(`the pattern ${pattern.construct}`, () => {
    const accepted = TIERS.filter((tier) => !pattern.refused?.[tier]);
    const refused = TIERS.filter((tier) => pattern.refused?.[tier]);

    it.each(accepted)('has no finding at tier %i, in one account', (tier) => {
      expect(findingsIn(pattern, surroundings(pattern, tier))).toEqual(CLEAN);
    });

    for (const tier of accepted) {
      const findings = () => findingsIn(pattern, surroundings(pattern, tier, { accounts: TWO_ACCOUNTS }));
      const refusal = pattern.refusedInTwoAccounts?.[tier];
      if (refusal) it(`is refused at tier ${tier}, in two accounts`, () => expect(findings).toThrow(refusal));
      else it(`has no finding at tier ${tier}, in two accounts`, () => expect(findings()).toEqual(CLEAN));
    }

    it('has no finding where it may be torn down, and keeps nothing', () => {
      const [tier] = accepted;
      if (tier === undefined) return;
      const around = surroundings(pattern, tier, { nonProduction: true });
      expect(findingsIn(pattern, around)).toEqual(CLEAN);
      expect(keptIn(appOf(pattern, around))).toEqual([]);
    });

    for (const tier of refused) {
      it(`is refused at tier ${tier}`, () => {
        expect(() => findingsIn(pattern, surroundings(pattern, tier))).toThrow(pattern.refused?.[tier]);
      });
    }

    it.each(OTHER_ZONES)(
      'is refused clearly or has no finding in a network of $zones zones',
      ({ from, ...place }) => {
        const tier = accepted.find((each) => each >= from);
        if (tier === undefined) return;
        const around = surroundings(pattern, tier, place);
        expect(findingsUnlessRefused(pattern, around) ?? CLEAN).toEqual(CLEAN);
      },
    );

    const { options } = pattern;
    if (options) {
      it('is refused clearly or has no finding, whatever the options', () => {
        let accepted = 0;
        fc.assert(
          fc.property(options, anySurroundings(pattern), (chosen, around) => {
            if (accepted >= ENOUGH) return;
            const findings = findingsUnlessRefused(withOptions(pattern, chosen), around);
            if (findings) accepted += 1;
            expect(findings ?? CLEAN).toEqual(CLEAN);
          }),
          { numRuns: MOST_RUNS, seed: SEED },
        );
        // Were all refused, nothing would have been shown.
        expect(accepted).toBeGreaterThan(0);
      });
    }
  });
}

/** Refusals are quick; what is accepted is synthesised and audited. */
const ENOUGH = Number(process.env.PATTERN_RUNS ?? 6);
const MOST_RUNS = Math.max(150, 25 * ENOUGH);

/** The same options every time, so that a run can be repeated; `PATTERN_SEED=$RANDOM` looks further. */
const SEED = Number(process.env.PATTERN_SEED ?? 20_261_122);

/** The pattern as it is used with options. */
function withOptions<O>(pattern: Pattern<O>, options: O): Pattern<O> {
  const { buildWith, buildAppWith } = pattern;
  return {
    ...pattern,
    ...(buildWith && { build: (stack, around) => buildWith(stack, options, around) }),
    ...(buildAppWith && {
      buildApp: (app: App, service: Service, around: Surroundings) =>
        buildAppWith(app, service, options, around),
    }),
  };
}

/** What would stay behind when its stacks are deleted. */
export function keptIn(app: App): readonly string[] {
  return app.synth().stacksRecursively.flatMap((stack) => {
    const resources = Object.entries<{ DeletionPolicy?: string; Properties?: Record<string, unknown> }>(
      stack.template.Resources ?? {},
    );
    return resources
      .filter(
        ([, { DeletionPolicy, Properties = {} }]) =>
          DeletionPolicy === 'Retain' ||
          DeletionPolicy === 'Snapshot' ||
          Properties.DeletionProtection === true ||
          Properties.DeletionProtectionEnabled === true,
      )
      .map(([logicalId]) => `${stack.id}/${logicalId}`);
  });
}

/** A refusal must name a path, a problem and a fix; anything else that is thrown is a defect. */
function findingsUnlessRefused<O>(pattern: Pattern<O>, around: Surroundings): Findings | undefined {
  try {
    return findingsIn(pattern, around, { nag: false, drawn: true });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const { path, problem, fix } = error;
    expect([path, problem, fix].every((each) => each.trim() !== '')).toBe(true);
    return undefined;
  }
}

/** Any tier, objectives that may be stricter than it, any two regions of a continent with their zones, one account or two. */
function anySurroundings<O>(pattern: Pattern<O>): fc.Arbitrary<Surroundings> {
  return fc
    .record({
      tier: fc.constantFrom(...TIERS),
      strictness: fc.constantFrom(1, 1, 2, 5),
      accounts: fc.constantFrom<Surroundings['accounts']>(ONE_ACCOUNT, TWO_ACCOUNTS),
      place: fc.constantFrom<Pick<Surroundings, 'regions' | 'zones'>>(
        { regions: REGIONS, zones: 3 },
        { regions: REGIONS, zones: 2 },
        { regions: US_REGIONS, zones: 4 },
        { regions: US_REGIONS, zones: 2 },
        { regions: ['ap-northeast-1', 'ap-southeast-2'], zones: 3 },
      ),
      nonProduction: fc.boolean(),
    })
    .map(({ tier, strictness, place, ...rest }) =>
      surroundings(pattern, tier, {
        ...rest,
        ...place,
        service: { ...pattern.service, objectives: stricter(tier, strictness) },
      }),
    );
}

/** The objectives of a tier with a region that must be back so many times faster, but no faster than a zone. */
function stricter(tier: Tier, times: number): Objectives {
  const { availabilityZone, region } = tierPolicy(tier).recovery;
  const part = (kind: 'rto' | 'rpo') => {
    const seconds = Math.ceil(region[kind].value.toSeconds() / times);
    return Span.seconds(Math.max(seconds, availabilityZone[kind].value.toSeconds()));
  };
  return Objectives.forTier(tier, { region: { rto: part('rto'), rpo: part('rpo') } });
}

/** Every pattern there is, by the name of its construct. */
export function allPatterns(): readonly Pattern[] {
  const folder = join(__dirname, '..', 'patterns');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => Object.values(require(join(folder, file)) as Record<string, Pattern>));
}

/** The stack of a region in the app of a pattern. */
export function stackIn(app: App, region: string): Stack {
  return app.node.findChild(`Shop-${region}`) as Stack;
}
