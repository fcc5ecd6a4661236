import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devDependencies, peerDependencies } from '../../package.json';

const ROOT = join(__dirname, '..', '..');

const APP = `
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { App, Aspects, AspectPriority, Validations } from 'aws-cdk-lib/core';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AuroraCluster, DurableQueue, HealthCheckedLoadBalancer, NinesAspect, NinesChecks, RegionRole, RegionSet, ResilientNetwork, Service, StatelessService, Tier } from 'cdk-nines';
import { errorBudgetSeconds, YEAR } from 'cdk-nines/calculus';
import { RULES } from 'cdk-nines/audit';
import { NinesNagPack } from 'cdk-nines/nag';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11';
const app = new App({ outdir: 'cdk.out' });
new RegionSet(app, 'Shop', {
  service: new Service({ name: 'shop', tier: Tier.IMPORTANT, owner: 'team-shop' }),
  account: '123456789012',
  regions: [{ region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] }],
  build: (stack) => {
    const network = new ResilientNetwork(stack, 'Network');
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
    const loadBalancer = new HealthCheckedLoadBalancer(stack, 'Front', { network, certificate });
    const image = ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop'));
    new AuroraCluster(stack, 'Database', { vpc: network.vpc });
    new DurableQueue(stack, 'Orders');
    new StatelessService(stack, 'Web', { loadBalancer, image, port: 8080, peakTasks: 3, requestsPerTaskPerMinute: 600 });
  },
});
Validations.of(app).addPlugins(new NinesChecks(), new NinesNagPack(), new AwsSolutionsChecks(app));
Aspects.of(app).add(new NinesAspect(), { priority: AspectPriority.READONLY });
const assembly = app.synth();
console.log(assembly.stacks.length + ' stack, ' + RULES.length + ' rules, ' + errorBudgetSeconds(0.999, YEAR).toFixed(0) + ' s a year');
`;

/** What a class is must not hang on who asks: the app, another entry of the package, or a test in a realm of its own. */
const IDENTITY = `
const { Aspects, App, Stack } = require('aws-cdk-lib/core');
const { ConfigurationError, NinesAspect, Service, Tier } = require('cdk-nines');
const { RULES } = require('cdk-nines/audit');

function thrownBy(action) {
  try { action(); } catch (error) { return error; }
}

test('an error is of one class, whichever part of the package throws it', () => {
  const misdeclared = thrownBy(() => new Service({ name: '', tier: Tier.IMPORTANT, owner: 'team' }));
  const app = new App();
  Aspects.of(new Stack(app, 'Stack')).add(new NinesAspect({ config: 'nowhere.yaml' }));
  for (const error of [misdeclared, thrownBy(() => app.synth())]) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toBeInstanceOf(Error);
  }
});

test('what the package makes is of the realm of a test', () => {
  expect(RULES).toBeInstanceOf(Array);
  expect(Object.getPrototypeOf(RULES[0])).toBe(Object.prototype);
});
`;

/** Runs a program and gives what it wrote; a failure ends the test with all of it. */
function run(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}: exit ${status}\n${error ?? ''}${stdout}${stderr}`);
  return stdout;
}

/** Packs the package and gives the archive's path. */
function pack(folder: string): string {
  run(ROOT, 'npm', 'pack', '--silent', '--pack-destination', folder);
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (!archive) throw new Error('npm pack made no archive');
  return join(folder, archive);
}

type Versions = Readonly<Record<string, string>>;

/** What the package is built with, and the oldest versions that it says it works with. */
const NEWEST: Versions = devDependencies;
const OLDEST: Versions = Object.fromEntries(
  Object.entries(peerDependencies as Versions).map(([name, range]) => [name, range.replace('^', '')]),
);

function emptyApp(folder: string, archive: string, cdk: Versions): void {
  const pinned = (versions: Versions, ...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, versions[name]]));
  const manifest = {
    name: 'empty-app',
    private: true,
    dependencies: { 'cdk-nines': `file:${archive}`, ...pinned(cdk, 'aws-cdk-lib', 'constructs', 'cdk-nag') },
    devDependencies: pinned(NEWEST, 'typescript', '@types/node'),
  };
  const compilerOptions = {
    module: 'node16',
    target: 'es2022',
    strict: true,
    skipLibCheck: false,
    outDir: 'out',
    types: ['node'],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['app.ts'] }));
  writeFileSync(join(folder, 'app.ts'), APP);
  writeFileSync(join(folder, 'identity.test.js'), IDENTITY);
}

/** Installs the archive beside versions of the CDK, type-checks an app, synthesises it and audits it. */
function tryOut(folder: string, archive: string, cdk: Versions): void {
  mkdirSync(folder);
  emptyApp(folder, archive, cdk);
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--silent');
  run(folder, join('node_modules', '.bin', 'tsc'));
  const synthesised = run(folder, process.execPath, join('out', 'app.js')).trim();
  run(folder, process.execPath, join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--rootDir', folder);
  const report = run(folder, join('node_modules', '.bin', 'nines'), 'audit', '--format', 'json', '--all');
  const { summary } = JSON.parse(report);
  if (summary.pass === 0) throw new Error('the audit of the empty app passed nothing');
  // A finding is shown at the line of the user, whatever of the package is on the stack above it.
  if (!report.includes('app.js')) throw new Error('no finding names a line of the app');
  const own = /"[^"]*(?:building|common|judging)\.js[^"]*"/.exec(report);
  if (own) throw new Error(`a finding is shown at a line of the package: ${own[0]}`);
  console.log(
    `package test with aws-cdk-lib ${cdk['aws-cdk-lib']}: ${synthesised}; audited: ${JSON.stringify(summary)}`,
  );
}

const scratch = mkdtempSync(join(tmpdir(), 'nines-package-'));
try {
  const archive = pack(scratch);
  tryOut(join(scratch, 'newest'), archive, NEWEST);
  tryOut(join(scratch, 'oldest'), archive, OLDEST);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
