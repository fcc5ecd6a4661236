import { AlarmBase, CfnCompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { refuse } from '../../../objectives/mistakes';

/** Rules in which one alarm may stand. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const MOST_PARENTS = 150;

/**
 * Refuses a tree that names an alarm in more rules than CloudWatch takes, with the other composite alarms of its stack.
 *
 * @param given the alarms that the tree was given
 * @throws ConfigurationError for each such alarm
 * @internal
 */
export function refuseCrowded(tree: Construct, given: readonly IAlarm[]): void {
  const own = new Set(namesBelow(tree));
  const counts = new Map<string, number>();
  for (const name of namesBelow(Stack.of(tree)))
    if (own.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const crowded = [...counts].filter(([, count]) => count > MOST_PARENTS);
  if (crowded.length === 0) return;
  const made = tree.node.findAll().filter((each) => each instanceof AlarmBase);
  const paths = new Map([...given, ...made].map(({ alarmArn, node }) => [alarmArn, node.path]));
  refuse(
    tree.node.path,
    crowded.map(([name, count]) => ({
      problem: `${paths.get(name) ?? name} stands in the rules of ${count} composite alarms, and CloudWatch takes ${MOST_PARENTS}`,
      fix: 'let parts that need it have the same dependsOn: they share one rule',
    })),
  );
}

/** The alarms that the rules below a construct name, once for each rule. */
function namesBelow(scope: Construct): readonly string[] {
  return scope.node
    .findAll()
    .filter((each) => each instanceof CfnCompositeAlarm)
    .flatMap(({ alarmRule }) => [
      ...new Set([...alarmRule.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)),
    ]);
}
