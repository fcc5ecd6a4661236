import { join } from 'node:path';
import type { CdkCli } from './cdk-cli';
import { creationFindings, type Finding, propertyFindings, stackFindings } from './checks/as-declared';
import { type DeployedStack, readDeployed } from './checks/deployed';
import { activePassive } from './checks/designs/active-passive';
import { brownfield } from './checks/designs/brownfield';
import type { Design, DesignFinding } from './checks/designs/design';
import { quickstart } from './checks/designs/quickstart';
import { eventsOf, secondDeployFindings } from './checks/second-deploy';
import { crashFindings } from './checks/still-crashes';
import { type Clients, clientsOf } from './clients';
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
import type { KnownTypes } from './known-types';
import { Prerequisites } from './prerequisites';
import type { Problem } from './problem';
import { replaced, without } from './template';

const DESIGNS: Readonly<Record<string, Design>> = {
  'active-passive': activePassive,
  brownfield,
  quickstart,
};

/** How much was looked at. */
export interface Counts {
  readonly examples: number;
  readonly stacks: number;
  readonly created: number;
  readonly compared: number;
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
  /** As synthesised, but for the ids of what must exist before it. */
  readonly whole: Template;

  /** Without the resources on which the emulator crashes. */
  readonly deployable: Template;
}

/** Deploys examples, twice each, and compares what stands with what was designed. */
export class DeployTest {
  private readonly problems: Problem[] = [];
  private readonly counts = { examples: 0, stacks: 0, created: 0, compared: 0 };
  private readonly asked = new Set<string>();
  private readonly bootstrapped = new Set<string>();
  private readonly clients = new Map<string, Clients>();
  private readonly prerequisites: Prerequisites;

  constructor(
    private readonly cdk: CdkCli,
    private readonly around: Surroundings,
  ) {
    this.prerequisites = new Prerequisites(around.emulator.endpoint, this.clientsIn('eu-west-1').route53);
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
    await this.deployAgain(example, stacks, second);
    for (const stack of stacks) {
      const { cloudFormation } = this.clientsIn(stack.region);
      const findings = await crashFindings(stack.name, stack.whole, {
        known: this.around.known,
        cloudFormation,
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
      const whole = replaced(template, await this.prerequisites.namesFor(template));
      const deployable = without(whole, ({ Type }) => this.around.known.shortcomingOf(Type) === 'crashes');
      writeTemplate(stack.file, deployable);
      prepared.push({ ...stack, whole, deployable });
    }
    return prepared;
  }

  private async bootstrap(stacks: readonly SynthesisedStack[]): Promise<void> {
    const environments = new Set(stacks.map(({ environment }) => environment));
    const fresh = [...environments].filter((each) => !this.bootstrapped.has(each));
    if (fresh.length > 0) await this.cdk.bootstrap(fresh);
    for (const each of fresh) this.bootstrapped.add(each);
  }

  private async compare(example: Example, stacks: readonly PreparedStack[]): Promise<void> {
    const { known } = this.around;
    const all: DeployedStack[] = [];
    for (const stack of stacks) {
      const deployed = await readDeployed(stack, stack.deployable, this.clientsIn(stack.region));
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
    const events = ({ name, region }: SynthesisedStack): Promise<string[]> =>
      eventsOf(name, this.clientsIn(region).cloudFormation);
    const before = await Promise.all(stacks.map(events));
    const output = await this.cdk.deploy(assembly);
    const after = await Promise.all(stacks.map(events));
    stacks.forEach(({ name }, at) => {
      const both = { before: before[at] ?? [], after: after[at] ?? [] };
      this.keep(example, name, secondDeployFindings(name, output, both));
    });
  }

  private keep({ name }: Example, stack: string, findings: readonly Finding[]): void {
    this.problems.push(...findings.map((finding) => ({ example: name, stack, ...finding })));
  }

  private clientsIn(region: string): Clients {
    const clients = this.clients.get(region) ?? clientsOf(this.around.emulator.endpoint, region);
    this.clients.set(region, clients);
    return clients;
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
