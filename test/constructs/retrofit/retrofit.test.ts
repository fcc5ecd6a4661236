import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import { BrownfieldCompute } from '../../../examples/brownfield/compute';
import { BrownfieldData } from '../../../examples/brownfield/data';
import { BrownfieldNetwork } from '../../../examples/brownfield/network';
import { Graph } from '../../../lib/assembly/graph';
import { load } from '../../../lib/assembly/source/load';
import { audit } from '../../../lib/audit/engine';
import { RULES } from '../../../lib/audit/rules';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { Retrofit } from '../../../lib/constructs/retrofit/retrofit';
import { Tier } from '../../../lib/objectives/tier';
import { TODAY } from '../../support/rule-cases';
import { catalogued, shopOf } from '../fixtures';

interface Brownfield {
  readonly app: App;
  readonly stacks: readonly Stack[];
  readonly retrofit: Retrofit | undefined;
}

/** The example, as it is or retrofitted. */
function brownfield(tier?: Tier, outdir?: string): Brownfield {
  const app = new App({ ...(outdir !== undefined && { outdir }) });
  const retrofit = tier === undefined ? undefined : Retrofit.of(app, { tier });
  const env = { account: '123456789012', region: 'eu-west-1' };
  const network = new BrownfieldNetwork(app, 'Brownfield-Network', { env });
  const compute = new BrownfieldCompute(app, 'Brownfield-Compute', { env, network });
  const data = new BrownfieldData(app, 'Brownfield-Data', { env, network });
  return { app, stacks: [network, compute, data], retrofit };
}

/** What the audit finds wrong in it. */
function failsOf(tier?: Tier): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-retrofit-'));
  try {
    brownfield(tier, outdir).app.synth();
    const graphs = load([outdir]).apps.map((each) => new Graph(each));
    const { verdicts } = audit(graphs, { rules: RULES, today: TODAY });
    return verdicts
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ rule, constructPath }) => `${rule} ${constructPath}`)
      .sort();
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe('a retrofit of the brownfield example at tier 1', () => {
  const { app, stacks, retrofit } = brownfield(Tier.BUSINESS_CRITICAL);
  app.synth();
  const report = retrofit?.report;
  const lines = (findings: typeof report extends infer R ? R : never, which: 'changes' | 'left') =>
    (findings?.[which] ?? []).map(({ path, property, from, to }) => `${path}.${property}: ${from} → ${to}`);

  it('changes what nobody had set', () => {
    expect(lines(report, 'changes')).toEqual([
      'Brownfield-Compute/Kafka.DeletionPolicy: not set → Retain',
      'Brownfield-Compute/LoadBalancer.loadBalancerAttributes=deletion_protection.enabled: not set → true',
      'Brownfield-Compute/LoadBalancer.loadBalancerAttributes=zonal_shift.config.enabled: not set → true',
      'Brownfield-Compute/Service.availabilityZoneRebalancing: not set → ENABLED',
      'Brownfield-Compute/Service.minHealthyPercent: not set → 100',
      'Brownfield-Compute/Service/Service.deploymentConfiguration.deploymentCircuitBreaker: not set → {"enable":true,"rollback":true}',
      'Brownfield-Data/Database.backup.retention: not set → 35 d',
      'Brownfield-Data/Database.deletionProtection: not set → true',
      'Brownfield-Data/Files.DeletionPolicy: not set → Retain',
      'Brownfield-Data/Files.backupPolicy.status: not set → ENABLED',
      'Brownfield-Data/Orders.deletionProtection: not set → true',
      'Brownfield-Data/Orders.pointInTimeRecoverySpecification: not set → {"pointInTimeRecoveryEnabled":true}',
      'Brownfield-Data/Shares.DeletionPolicy: not set → Retain',
    ]);
  });

  it('says what it found weak and left', () => {
    expect(lines(report, 'left')).toEqual([
      'Brownfield-Compute/Service/Service.desiredCount: 1 → 3',
      'Brownfield-Compute/Workers.minCapacity: 2 → 3',
      'Brownfield-Data/Files.availabilityZoneName: in eu-west-1a alone → in all zones',
      'Brownfield-Network/Primary.ttl: 1 h → 1 min',
      'Brownfield-Network/Secondary.ttl: 1 h → 1 min',
      'Brownfield-Network/Vpc.natGateways: 1 → 3',
    ]);
  });

  it('overwrites nothing that was set', () => {
    const before = brownfield();
    const changed = before.stacks.flatMap((stack, index) => {
      const after = stacks[index];
      return after ? overwritten(Template.fromStack(stack).toJSON(), Template.fromStack(after).toJSON()) : [];
    });
    // The one that the CDK had set, and nobody else.
    expect(changed).toEqual([
      expect.stringMatching(
        /^Resources\.Service.*\.DeploymentConfiguration\.MinimumHealthyPercent: 50 → 100$/,
      ),
    ]);
  });

  it('leaves fewer things for the audit to find', () => {
    const [before, after] = [failsOf(), failsOf(Tier.BUSINESS_CRITICAL)];
    expect(after.filter((each) => !before.includes(each))).toEqual([]);
    expect(before.filter((each) => !after.includes(each))).toEqual(RESOLVED);
  });

  it('tells people in a table', () => {
    const table = report?.toMarkdown() ?? '';
    expect(table).toMatch(/^\| Construct \| Property \| From \| Owed \| Outcome \| Because \|\n/);
    expect(table).toContain(
      '| Brownfield-Compute/Service/Service | desiredCount | 1 | 3 | left as it is | one in each of three zones |',
    );
    expect(table).toMatch(/\n13 changed, 6 left\.\n$/);
  });
});

/** What the audit no longer finds after the retrofit. */
const RESOLVED: readonly string[] = [
  'CFN-04 Brownfield-Data/Files',
  'CFN-04 Brownfield-Data/Shares',
  'CFN-06 Brownfield-Data/Database/Resource',
  'DDB-02 Brownfield-Data/Orders/Resource',
  'DDB-05 Brownfield-Data/Orders/Resource',
  'ELB-06 Brownfield-Compute/LoadBalancer',
  'RDS-05 Brownfield-Data/Database/Resource',
  'RDS-10 Brownfield-Data/Database/Resource',
  'X-24 Brownfield-Compute/Service/Service',
  'X-25 Brownfield-Compute/LoadBalancer',
  'X-30 Brownfield-Data/Orders/Resource',
  'X-87 Brownfield-Data/Database/Resource',
  'X-87 Brownfield-Data/Orders/Resource',
];

/** Each value of the first that is another one in the second; what is new does not count. */
function overwritten(before: unknown, after: unknown, path = ''): string[] {
  if (typeof before !== 'object' || before === null) {
    return before === after ? [] : [`${path}: ${before} → ${after}`];
  }
  return Object.entries(before).flatMap(([key, value]) =>
    overwritten(value, (after as Record<string, unknown> | undefined)?.[key], path ? `${path}.${key}` : key),
  );
}

describe('a retrofit', () => {
  it('takes the tier of the service that a resource belongs to, and records what it decided', () => {
    const { app, stacks } = brownfield();
    const [, , data] = stacks;
    if (!data) throw new Error('the example has no data');
    declareService(data, shopOf(Tier.BUSINESS_CRITICAL));
    const { report } = Retrofit.of(app);
    app.synth();
    expect(new Set(report.findings.map(({ path }) => path.split('/')[0]))).toEqual(
      new Set(['Brownfield-Data']),
    );
    const decided = catalogued(data).decisions.map(({ what, value }) => `${what}: ${value}`);
    expect(decided).toContain('Files.backupPolicy.status: ENABLED');
    expect(decided).toContain('Files.availabilityZoneName: in eu-west-1a alone');
  });

  it('locks and keeps nothing where the stage may be torn down', () => {
    const { app, stacks } = brownfield();
    for (const stack of stacks)
      declareService(stack, shopOf(Tier.BUSINESS_CRITICAL), { nonProduction: true });
    const { report } = Retrofit.of(app);
    app.synth();
    const locks = report.changes.filter(({ property }) => /deletion|backup|snapshot/i.test(property));
    expect(locks).toEqual([]);
    expect(report.changes.length).toBeGreaterThan(0);
  });

  it('makes a resource anew only when asked', () => {
    const app = new App();
    const { report } = Retrofit.of(app, { tier: Tier.BUSINESS_CRITICAL, replace: true });
    const env = { account: '123456789012', region: 'eu-west-1' };
    const network = new BrownfieldNetwork(app, 'Brownfield-Network', { env });
    const data = new BrownfieldData(app, 'Brownfield-Data', { env, network });
    app.synth();
    const [files] = Object.values(Template.fromStack(data).findResources('AWS::EFS::FileSystem'));
    expect(files?.Properties.AvailabilityZoneName).toBeUndefined();
    expect(report.changes.map(({ property }) => property)).toContain('availabilityZoneName');
  });
});
