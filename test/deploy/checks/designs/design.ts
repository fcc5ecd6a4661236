import type { Finding } from '../as-declared';
import type { DeployedStack, ReadResource } from '../deployed';
import type { Live } from '../readers/reader';

/** What an example is for, told of what really stands: written by hand, so that template and test cannot err together. */
export type Design = (stacks: readonly DeployedStack[]) => DesignFinding[];

/** What is not as an example says it is. */
export interface DesignFinding extends Finding {
  readonly stack: string;
}

/** Compares what stands with what an example is for, and keeps what differs. */
export class Expectations {
  readonly findings: DesignFinding[] = [];

  constructor(private readonly stack: string) {}

  /** Both are compared as text, lists in order. */
  expect(what: string, expected: unknown, found: unknown): void {
    const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found ?? null)];
    if (wanted !== got) this.findings.push({ stack: this.stack, what, expected: wanted, found: got });
  }
}

/** The stack of that name. */
export function stackNamed(stacks: readonly DeployedStack[], name: string): DeployedStack {
  const stack = stacks.find((each) => each.name === name);
  if (!stack)
    throw new Error(`the example has no stack ${name}: it has ${stacks.map((each) => each.name).join(', ')}`);
  return stack;
}

/** The resources of a type. */
export function ofType(stack: DeployedStack, type: string): ReadResource[] {
  return stack.read.filter((each) => each.type === type);
}

/** The only resource of a type. */
export function only(stack: DeployedStack, type: string): ReadResource & { readonly live: Live } {
  const [first, second] = ofType(stack, type);
  if (!first?.live || second) throw new Error(`${stack.name} does not have exactly one ${type}`);
  return { ...first, live: first.live };
}
