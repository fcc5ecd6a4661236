import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import { Graph } from '../../lib/assembly/graph';
import { load } from '../../lib/assembly/source/load';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { interceptable, LEFT_OPEN, MARKS, openConstructs, withProps } from '../support/left-open';
import type { Pattern } from '../support/pattern';
import { TODAY } from '../support/rule-cases';
import type { OpenKind } from '../support/typed-props';

const CONSTRUCTS = openConstructs();
for (const { name, module } of CONSTRUCTS) {
  jest.doMock(module, () => {
    const actual = jest.requireActual(module);
    return { ...actual, [name]: interceptable(name, actual[name]) };
  });
}

// What builds constructs comes after what stands in their place.
const { shopOf, WEAKENING } = require('./fixtures') as typeof import('./fixtures');
const { appOf, surroundings } = require('../support/pattern') as typeof import('../support/pattern');
const { kebab } = require('../support/pattern-docs') as typeof import('../support/pattern-docs');
const { declareService } =
  require('../../lib/constructs/governance/service-scope') as typeof import('../../lib/constructs/governance/service-scope');
const { BackupStrategy } =
  require('../../lib/constructs/recovery/backup-strategy') as typeof import('../../lib/constructs/recovery/backup-strategy');
const { RestoreTesting } =
  require('../../lib/constructs/recovery/restore-testing') as typeof import('../../lib/constructs/recovery/restore-testing');
const { RegionCopy } =
  require('../../lib/constructs/data/relational/rds-region-copy') as typeof import('../../lib/constructs/data/relational/rds-region-copy');
const { ActiveRouting } =
  require('../../lib/constructs/traffic/active-routing') as typeof import('../../lib/constructs/traffic/active-routing');

/** Other constructs make these, and give them to users: nobody passes them anything but texts of theirs. */
const MADE_BY_OTHERS = ['CacheAccess', 'MemoryDbAccess'];

const ENDPOINT = { loadBalancer: undefined };
const ADDRESS = { loadBalancer: undefined, elasticIp: 'eipalloc-0123456789abcdef0' };

/** What must be said beside a property, or it would be refused for what it is and not for its value. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ActiveActiveDns.cidrCollectionId': {
    routing: ActiveRouting.CIDR,
    cidrLocations: { 'eu-west-1': ['fiber'], 'eu-central-1': ['*'] },
  },
  'ActiveActiveDns.endpoint': ENDPOINT,
  'ActiveActiveDns.ipv6Endpoint': { ...ENDPOINT, endpoint: '192.0.2.1' },
  'ActiveActiveDns.spareEndpoint': { ...ENDPOINT, endpoint: 'shop.example.net' },
  'AuroraCluster.serverlessMinCapacity': { serverlessMaxCapacity: 8 },
  'BackupStrategy.airGappedVaultArn': { airGappedCopy: true },
  'FailoverDns.endpoint': ENDPOINT,
  'FailoverDns.ipv6Endpoint': { ...ENDPOINT, endpoint: '192.0.2.1' },
  'GlobalAurora.serverlessMinCapacity': { serverlessMaxCapacity: 8 },
  'GlobalEntryRegion.elasticIp': ENDPOINT,
  'GlobalEntryRegion.healthCheckFailureThreshold': ADDRESS,
  'GlobalEntryRegion.healthCheckInterval': ADDRESS,
  'GlobalEntryRegion.healthCheckPath': ADDRESS,
  'GlobalEntryRegion.healthCheckPort': ADDRESS,
  'Heartbeat.interval': { schedule: undefined },
  'MultiRegionKey.primaryKeyArn': { ciphertextTravels: true },
  'OrganizationChecks.organizationalUnitId': { regions: ['eu-north-1'] },
  'OrganizationChecks.regions': { organizationalUnitId: 'ou-abcd-12345678' },
  'OriginFailover.writePaths': { writesDomainName: 'writes.example.com' },
  'RdsMultiAzInstance.backupReplicationKeyArn': {
    regionCopy: RegionCopy.AUTOMATED_BACKUPS,
    weakening: WEAKENING,
  },
  'RegionSwitch.approvalRoleArns': { approvals: 3 },
  'ReplicatedCache.globalDatastoreId': { globalDatastore: true },
  'ReplicatedCache.homeRegion': { globalDatastore: true },
  'ReplicatedSecret.rotatedBy': { rotationFunction: undefined, weakening: WEAKENING },
};

/** What says where something is, or only does something with another property: the template has nothing of it. */
const NOT_WRITTEN = [
  'ActiveActive.account',
  'ActivePassive.account',
  'RegionSet.account',
  'ActiveActiveDns.peerRegions',
  'FailoverDns.peerRegion',
  'ReplicatedDatabase.clusterArns',
  'ReplicatedDatabase.witnessRegion',
  'ReplicatedSecret.rotatedBy',
  'RestoreTesting.availabilityZones',
  'UserJourney.watches',
];

function patternOf(name: string): Pattern<unknown> {
  const found = Object.values<Pattern<unknown>>(require(`../patterns/${kebab(name)}`));
  const pattern = found.find(({ construct }) => construct === name);
  if (!pattern) throw new Error(`${name} has no pattern`);
  return pattern;
}

/** What a person or a machine reads of an app, and what the audit finds in it. */
interface Accepted {
  readonly text: string;
  readonly fails: () => readonly string[];
}

/** An app in which a construct has these properties, or the error that it is refused with. */
function outcome(name: string, props: Readonly<Record<string, unknown>>): Accepted | Error {
  const pattern = patternOf(name);
  const tier = ([1, 0, 2, 3] as const).find((each) => !pattern.refused?.[each]) ?? 1;
  const outdir = mkdtempSync(join(tmpdir(), 'nines-open-'));
  try {
    const app = withProps({ construct: name, props }, () =>
      appOf(pattern, surroundings(pattern, tier), outdir),
    );
    const { stacksRecursively } = app.synth();
    const { apps } = load([outdir]);
    return {
      text: JSON.stringify(stacksRecursively.map(({ template, messages }) => [template, messages])),
      fails: () => failsIn(apps),
    };
  } catch (error) {
    return error as Error;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function failsIn(apps: ReturnType<typeof load>['apps']): readonly string[] {
  const { verdicts, engineErrors } = audit(
    apps.map((each) => new Graph(each)),
    { rules: RULES, today: TODAY },
  );
  expect(engineErrors).toEqual([]);
  return verdicts
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ rule, stack, logicalId }) => `${rule} ${stack}/${logicalId}`);
}

/** What the audit finds wrong with what only deployment knows, and not with a value in its place. */
function newFails(what: string, name: string, { fails }: Accepted): readonly string[] {
  const before = failsWithout(name, BESIDE[what] ?? {});
  return before ? fails().filter((each) => !before.includes(each)) : [];
}

const FAILS = new Map<string, readonly string[] | undefined>();

/** What the audit finds anyway; undefined where the app is refused, so that there is nothing to compare with. */
function failsWithout(
  name: string,
  beside: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const key = JSON.stringify([name, Object.keys(beside)]);
  if (!FAILS.has(key)) {
    const known = outcome(name, beside);
    FAILS.set(key, known instanceof Error ? undefined : known.fails());
  }
  return FAILS.get(key);
}

function expectRefusal(error: Error, prop: string): void {
  expect(error).toMatchObject({ name: 'ConfigurationError' });
  expect(error.message).not.toMatch(MARKS);
  const [problem, fix] = error.message.split('\n  fix: ');
  expect(`${prop}: ${problem}`).toContain('known at deployment only');
  expect(fix).not.toContain('known at deployment only');
}

function expectAcceptance(text: string, what: string, kind: OpenKind): void {
  expect(MARKS.exec(text)?.[0]).toBeUndefined();
  if (!NOT_WRITTEN.includes(what)) expect(`${what}: ${text.includes('"Open')}`).toBe(`${what}: true`);
  // Of a list the count is known, and decided.
  if (kind === 'string[]') return;
  const [, prop] = what.split('.');
  const decided = new RegExp(`"what":"[^"]*\\b${prop}","value":("[^"]*"|[^,]*)`, 'g');
  for (const [, value] of text.matchAll(decided)) expect(value).toContain('known at deployment only');
}

/** Those whose pattern asks which region it is in. */
const ALONE: Readonly<Record<string, (stack: Stack) => void>> = {
  BackupStrategy: (stack) => {
    keptIn(stack);
    new BackupStrategy(stack, 'Backups', { weakening: WEAKENING });
  },
  RestoreTesting: (stack) => {
    keptIn(stack);
    const subnetConfiguration = [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }];
    const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration });
    new RestoreTesting(stack, 'Restores', { vpc, weakening: WEAKENING });
  },
};

function keptIn(stack: Stack): void {
  new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
}

/** A tier that owes no second region. */
const TIER_OF_STACK = 2;

const CASES = CONSTRUCTS.filter(({ name }) => !MADE_BY_OTHERS.includes(name)).flatMap(({ name, props }) =>
  props.map(({ name: prop, kind }) => [`${name}.${prop}`, name, prop, kind] as const),
);

test('every construct is tried', () => {
  expect(CASES.length).toBeGreaterThan(300);
  expect(new Set(CASES.map(([, name]) => name)).size).toBeGreaterThan(55);
});

test.each(CASES)(
  '%s that only deployment knows is written as it is, or refused in words',
  (what, name, prop, kind) => {
    let accepted: Accepted | undefined;
    for (const open of LEFT_OPEN[kind]) {
      const found = outcome(name, { ...BESIDE[what], [prop]: open() });
      if (found instanceof Error) expectRefusal(found, prop);
      else {
        expectAcceptance(found.text, what, kind);
        accepted = found;
      }
    }
    // Whichever way it is written: the audit sees the same.
    if (accepted) expect(newFails(what, name, accepted)).toEqual([]);
  },
  60_000,
);

const WITH_STACK = [...new Set(CASES.map(([, name]) => name))].filter((name) => !patternOf(name).buildApp);

test.each(WITH_STACK)(
  '%s stands in a stack whose region only deployment knows, or is refused in words',
  (name) => {
    const pattern = patternOf(name);
    const stack = new Stack(new App(), 'Shop');
    const around = surroundings(pattern, TIER_OF_STACK);
    declareService(stack, shopOf(TIER_OF_STACK, around.service));
    try {
      if (name in ALONE) ALONE[name]?.(stack);
      else pattern.build(stack as RegionStack, around);
      expect(MARKS.exec(JSON.stringify(Template.fromStack(stack).toJSON()))?.[0]).toBeUndefined();
    } catch (error) {
      expect(error).toMatchObject({ name: 'ConfigurationError' });
      expect(String(error)).not.toMatch(MARKS);
    }
  },
  60_000,
);
