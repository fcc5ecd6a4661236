import { Graph } from '../../lib/assembly/graph';
import type { SourceStack, TemplateBody } from '../../lib/assembly/source/source';

/** A template as a test writes it. */
export interface TestTemplate {
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

/** A stack of a test's app. */
export interface TestStack {
  readonly template: TestTemplate;
  readonly region?: string;
  readonly account?: string;
  readonly stage?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly nested?: Readonly<Record<string, TestStack>>;

  /** Construct paths by logical id. */
  readonly paths?: Readonly<Record<string, string>>;
  readonly acknowledgements?: SourceStack['acknowledgements'];
  readonly terminationProtection?: boolean;
  readonly notificationArns?: readonly string[];
}

/** An app of one template, or of stacks by name. */
export type TestApp = TestTemplate | { readonly stacks: Readonly<Record<string, TestStack>> };

/** The graph of an app written in a test. A bare template is a stack named `app`, bound to no region. */
export function graphOf(app: TestApp): Graph {
  const stacks =
    'stacks' in app ? (app.stacks as Readonly<Record<string, TestStack>>) : { app: { template: app } };
  const bare = !('stacks' in app);
  return new Graph({
    name: 'app',
    path: 'app.json',
    stacks: Object.entries(stacks).map(([name, stack]) => sourceStack(name, stack, !bare)),
  });
}

function sourceStack(id: string, stack: TestStack, nameKnown: boolean): SourceStack {
  const nested = Object.entries(stack.nested ?? {}).map(
    ([logicalId, child]) => [logicalId, sourceStack(`${id}/${logicalId}`, child, false)] as const,
  );
  return {
    id,
    name: id,
    nameKnown,
    file: `${id}.template.json`,
    template: stack.template as unknown as TemplateBody,
    ...(stack.region !== undefined && { region: stack.region }),
    ...(stack.account !== undefined && { account: stack.account }),
    ...(stack.stage !== undefined && { stage: stack.stage }),
    ...(stack.terminationProtection !== undefined && { terminationProtection: stack.terminationProtection }),
    ...(stack.notificationArns && { notificationArns: stack.notificationArns }),
    dependencies: [],
    parameters: {},
    tags: stack.tags ?? {},
    nested: new Map(nested),
    constructs: new Map(Object.entries(stack.paths ?? {}).map(([logicalId, path]) => [logicalId, { path }])),
    acknowledgements: stack.acknowledgements ?? [],
  };
}

/** A template with subnets in the zones given, named `SubnetA`, `SubnetB`, …, to spread in `Resources`. */
export function subnetsIn(...zones: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    zones.map((zone, index) => [
      `Subnet${String.fromCharCode(65 + index)}`,
      { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', AvailabilityZone: zone } },
    ]),
  );
}
