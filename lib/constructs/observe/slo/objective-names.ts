import { Annotations, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Mistake } from '../../../objectives/mistakes';

const TAKEN = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Names that an objective of Application Signals cannot have, as another one of the app in the same account and region has them: its ARN
 * would be the same. Stacks of which the place is not known may be of different ones.
 *
 * @internal
 */
export function takenMistakes(objective: IConstruct, names: readonly string[]): Mistake[] {
  const taken = takenIn(objective);
  const stack = Stack.of(objective);
  const { account, region } = stack;
  const isOpen = [account, region].some((each) => Token.isUnresolved(each));
  return names.flatMap((name) => {
    const key = JSON.stringify([isOpen ? stack.node.path : [account, region], name]);
    const other = taken.get(key);
    if (other === undefined) taken.set(key, objective);
    if (other === undefined || other === objective) return [];
    return [
      {
        problem: `its name ${name} is that of ${other.node.path} as well, and Application Signals takes a name once`,
        fix: 'give one of them another name',
      },
    ];
  });
}

const NAMED = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Two objectives of one name in a stack cannot be told apart on dashboards and in the words of their alarms.
 *
 * @internal
 */
export function warnOfName(objective: IConstruct, name: string): void {
  if (Token.isUnresolved(name)) return;
  const stack = Stack.of(objective);
  const named = NAMED.get(stack) ?? new Map<string, IConstruct>();
  NAMED.set(stack, named);
  const other = named.get(name);
  if (other === undefined) {
    named.set(name, objective);
    return;
  }
  Annotations.of(objective).addWarningV2(
    `cdk-nines:objective-named-twice-${name}`,
    `${other.node.path} is named ${name} as well: dashboards, alarms and reports cannot tell the two apart. Give one of them another name.`,
  );
}

/**
 * Names that Application Signals does not take.
 *
 * @internal
 */
export function nameMistakes(name: string): Mistake[] {
  if (Token.isUnresolved(name) || /^[0-9A-Za-z][-._0-9A-Za-z ]{0,126}[0-9A-Za-z]$/.test(name)) return [];
  return [
    {
      problem: `${name} is no name for an objective of Application Signals`,
      fix: 'use 2 to 128 letters, digits, spaces, dots, - and _, the first and the last a letter or a digit',
    },
  ];
}

function takenIn({ node: { root } }: IConstruct): Map<string, IConstruct> {
  const taken = TAKEN.get(root) ?? new Map<string, IConstruct>();
  TAKEN.set(root, taken);
  return taken;
}
