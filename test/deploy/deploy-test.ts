import { join } from 'node:path';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CdkCli } from './cdk-cli';
import { creationFindings, type Finding, propertyFindings, stackFindings } from './checks/as-declared';
import { CHANGES, changeFindings } from './checks/change';
import { type DeployedStack, readDeployed } from './checks/deployed';
import { activeActive } from './checks/designs/active-active';
import { activePassive } from './checks/designs/active-passive';
import { brownfield } from './checks/designs/brownfield';
import { dataProtection } from './checks/designs/data-protection';
import type { Design, DesignFinding } from './checks/designs/design';
import { eventDriven } from './checks/designs/event-driven';
import { observability } from './checks/designs/observability';
import { quickstart } from './checks/designs/quickstart';
import { retrofit } from './checks/designs/retrofit';
import { eventsOf, secondDeployFindings } from './checks/second-deploy';
import { crashFindings } from './checks/still-crashes';
import { type Clients, CREDENTIALS, type Credentials, clientsOf, credentialsOf } from './clients';
import type { Emulator } from './emulator';
import {
  type Example,
  readStacks,
  readTemplate,
  type SynthesisedStack,
  type Template,
  unlockStacks,
  writeTemplate,
} from './example';
import { RUNS } from './handlers/runs';
import { Standing } from './handlers/standing';
import type { KnownTypes } from './known-types';
import { Prerequisites } from './prerequisites';
import type { Problem } from './problem';
import { replaced, withNames, without, withoutProperties, withStandIns } from './template';

const DESIGNS: Readonly<Record<string, Design>> = {
  'active-active': activeActive,
  'active-passive': activePassive,
  brownfield,
  'data-protection': dataProtection,
  'event-driven': eventDriven,
  observability,
  quickstart,
  retrofit,
};

/** The account that the emulator takes everybody to be in. */
const HOME = '123456789012';

interface Place {
  readonly account: string;
  readonly region: string;
}

/** How much was looked at. */
export interface Counts {
  readonly examples: number;
  readonly stacks: number;
  readonly created: number;
  readonly compared: number;

  /** Examples whose functions were called. */
  readonly runs: number;
  readonly changes: number;
}

/** What stands between the tests of all examples. */
interface Surroundings {
  readonly emulator: Emulator;
  readonly known: KnownTypes;

  /** For assemblies. Whoever makes it removes it. */
  readonly folder: string;
}

/** A stack of an example, ready to be deployed. */
interface PreparedStack extends SynthesisedStack {
  readonly synthesised: Template;

  /** As synthesised, but for the ids of what must exist before it. */
  readonly whole: Template;

  /** Without the resources on which the emulator fails. */
  readonly deployable: Template;
}

/** Deploys examples, twice each, and compares what stands with what was designed. */
export class DeployTest {
  private readonly problems: Problem[] = [];
  private readonly counts = { examples: 0, stacks: 0, created: 0, compared: 0, runs: 0, changes: 0 };
  private readonly asked = new Set<string>();
  private readonly bootstrapped = new Set<string>();
  private readonly clients = new Map<string, Clients>();
  private readonly credentials = new Map<string, Credentials>();
  private readonly prerequisites: Prerequisites;
  private probes = 0;

  constructor(
    private readonly cdk: CdkCli,
    private readonly around: Surroundings,
  ) {
    const { endpoint } = around.emulator;
    this.prerequisites = new Prerequisites(endpoint, clientsOf(endpoint, 'eu-west-1', CREDENTIALS).route53);
  }

  /** Deploys an example and keeps what is not as it was designed. */
  async check(example: Example): Promise<void> {
    this.asked.add(example.name);
    try {
      await this.deployTwice(example);
    } catch (error) {
      const found = `${(error as Error).message}\nthe emulator's last words:\n${this.around.emulator.log()}`;
      this.problems.push({
        example: example.name,
        stack: 'all',
        what: 'deploy and compare',
        expected: 'no error',
        found,
      });
    }
  }

  /** All problems, with what is written down for examples and no example needed. */
  finish(): { problems: readonly Problem[]; counts: Counts } {
    const missing = Object.keys(DESIGNS)
      .filter((name) => !this.asked.has(name))
      .map((name) => ({
        example: name,
        stack: 'all',
        what: 'design',
        expected: 'an example',
        found: 'no example',
      }));
    return { problems: [...this.problems, ...missing, ...this.stale()], counts: this.counts };
  }

  /** Only where every example was seen to its end: one that was not may have what seems to be of no use. */
  private stale(): Problem[] {
    if (this.counts.examples < this.asked.size) return [];
    return this.around.known.stale().map((entry) => ({
      example: 'all examples',
      stack: 'all',
      what: `unsupported-types.json: ${entry}`,
      expected: 'needed by an example',
      found: 'no example has it, or the emulator supports it by now: take it out',
    }));
  }

  private async deployTwice(example: Example): Promise<void> {
    const folders = ['first', 'second'].map((turn) => join(this.around.folder, example.name, turn));
    const [first = '', second = ''] = folders;
    await Promise.all(folders.map((each) => this.cdk.synth(example.folder, each)));
    const stacks = await this.prepare(first);
    await this.prepare(second);
    await this.bootstrap(stacks);
    await this.cdk.deploy(first);
    await this.compare(example, stacks);
    await this.run(example, stacks);
    await this.deployAgain(example, stacks, second);
    await this.change(example);
    for (const stack of stacks) {
      const findings = await crashFindings(stack.whole, {
        known: this.around.known,
        nextAccount: () => this.emptyAccountIn(stack.region),
      });
      this.keep(example, stack.name, findings);
    }
    this.counts.examples += 1;
  }

  /** Makes the templates of an assembly such that the emulator can deploy them. */
  private async prepare(assembly: string): Promise<PreparedStack[]> {
    const prepared: PreparedStack[] = [];
    const stacks = readStacks(assembly);
    unlockStacks(assembly);
    for (const stack of stacks) {
      const template = readTemplate(stack.file);
      const { known } = this.around;
      const named = replaced(template, await this.prerequisites.namesFor(template));
      const whole = withNames(withStandIns(named, known.standInFor.bind(known)), known.nameOf.bind(known));
      const creatable = without(whole, (each) => known.failsOn(each));
      const deployable = withoutProperties(creatable, known.crashesOn.bind(known));
      writeTemplate(stack.file, deployable);
      prepared.push({ ...stack, synthesised: template, whole, deployable });
    }
    return prepared;
  }

  private async bootstrap(stacks: readonly SynthesisedStack[]): Promise<void> {
    const fresh = stacks.filter(({ environment }) => !this.bootstrapped.has(environment));
    for (const account of new Set(fresh.map((stack) => stack.account))) {
      const environments = new Set(
        fresh.filter((stack) => stack.account === account).map((stack) => stack.environment),
      );
      await this.cdk.bootstrap([...environments], await this.credentialsOf(account));
    }
    for (const { environment } of fresh) this.bootstrapped.add(environment);
  }

  private async compare(example: Example, stacks: readonly PreparedStack[]): Promise<void> {
    const { known } = this.around;
    const all: DeployedStack[] = [];
    for (const stack of stacks) {
      const deployed = await readDeployed(stack, stack.deployable, await this.clientsIn(stack));
      this.keep(example, stack.name, stackFindings(stack, deployed, known));
      this.keep(example, stack.name, creationFindings(stack.whole, deployed, known));
      this.keep(example, stack.name, propertyFindings(deployed, known));
      this.counts.stacks += 1;
      this.counts.created += deployed.created.size;
      this.counts.compared += deployed.read.length;
      all.push(deployed);
    }
    for (const { stack, ...finding } of designFindings(example, all)) this.keep(example, stack, [finding]);
  }

  private async deployAgain(
    example: Example,
    stacks: readonly SynthesisedStack[],
    assembly: string,
  ): Promise<void> {
    const events = async (stack: SynthesisedStack): Promise<string[]> =>
      eventsOf(stack.name, (await this.clientsIn(stack)).cloudFormation);
    const before = await Promise.all(stacks.map(events));
    const output = await this.cdk.deploy(assembly);
    const after = await Promise.all(stacks.map(events));
    stacks.forEach(({ name }, at) => {
      const both = { before: before[at] ?? [], after: after[at] ?? [] };
      this.keep(example, name, secondDeployFindings(name, output, both));
    });
  }

  /** Calls functions that stand, of an example that has some of ours. */
  private async run(example: Example, stacks: readonly PreparedStack[]): Promise<void> {
    const { stack: name = '', run } = RUNS[example.name] ?? {};
    const stack = stacks.find((each) => each.name === name);
    if (!run) return;
    if (!stack) throw new Error(`${example.name} has no stack ${name}`);
    const { emulator, folder } = this.around;
    const credentials = await this.credentialsOf(stack.account);
    const account = { endpoint: emulator.endpoint, region: stack.region, credentials, folder };
    const standing = await Standing.of(stack, stack.synthesised, {
      clients: await this.clientsIn(stack),
      account,
    });
    this.keep(example, name, await run(standing, account));
    this.counts.runs += 1;
  }

  /** What the CLI says would change, of an example for which there is a change. */
  private async change({ name, folder }: Example): Promise<void> {
    const change = CHANGES[name];
    if (!change) return;
    const changed = join(this.around.folder, name, 'changed');
    await this.cdk.synth(folder, changed, change.context);
    await this.prepare(changed);
    this.keep({ name, folder }, 'all', changeFindings(change, await this.cdk.diff(changed)));
    this.counts.changes += 1;
  }

  private keep({ name }: Example, stack: string, findings: readonly Finding[]): void {
    this.problems.push(...findings.map((finding) => ({ example: name, stack, ...finding })));
  }

  /** An account in which nothing stands yet, so that no name is taken. */
  private async emptyAccountIn(region: string): Promise<CloudFormationClient> {
    this.probes += 1;
    const account = String(300_000_000_000 + this.probes);
    return (await this.clientsIn({ account, region })).cloudFormation;
  }

  private async clientsIn({ account, region }: Place): Promise<Clients> {
    const key = `${account} ${region}`;
    const credentials = await this.credentialsOf(account);
    const clients = this.clients.get(key) ?? clientsOf(this.around.emulator.endpoint, region, credentials);
    this.clients.set(key, clients);
    return clients;
  }

  private async credentialsOf(account: string): Promise<Credentials> {
    const { endpoint } = this.around.emulator;
    const known = this.credentials.get(account);
    const credentials = known ?? (account === HOME ? CREDENTIALS : await credentialsOf(endpoint, account));
    this.credentials.set(account, credentials);
    return credentials;
  }
}

/** Also where something that the design looks at is not there at all. */
function designFindings({ name }: Example, stacks: readonly DeployedStack[]): DesignFinding[] {
  const design = DESIGNS[name];
  if (!design)
    return [{ stack: 'all', what: 'design', expected: 'what the example is for', found: 'no design' }];
  try {
    return design(stacks);
  } catch (error) {
    return [{ stack: 'all', what: 'design', expected: 'what it looks at', found: (error as Error).message }];
  }
}
