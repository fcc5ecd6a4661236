import { type CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import type { Finding } from './as-declared';

/** The events of a stack, each by its id. A deploy that does anything adds one. */
export async function eventsOf(stack: string, cloudFormation: CloudFormationClient): Promise<string[]> {
  const { StackEvents = [] } = await cloudFormation.send(
    new DescribeStackEventsCommand({ StackName: stack }),
  );
  return StackEvents.map(({ EventId = '' }) => EventId);
}

/** The CLI says that nothing changed, and CloudFormation did nothing. */
export function secondDeployFindings(
  stack: string,
  cliOutput: string,
  events: { readonly before: readonly string[]; readonly after: readonly string[] },
): Finding[] {
  const findings: Finding[] = [];
  const what = 'second deploy of a second synthesis';
  const lines = cliOutput.split('\n').map((each) => each.trim());
  const quiet = `✅  ${stack} (no changes)`;
  if (!lines.includes(quiet)) {
    const found = lines.find((each) => each.startsWith(`✅  ${stack}`)) ?? 'nothing about it';
    findings.push({ what, expected: `the CLI says ${quiet}`, found });
  }
  const fresh = events.after.filter((id) => !events.before.includes(id)).length;
  if (fresh > 0) findings.push({ what, expected: 'no event in CloudFormation', found: `${fresh} events` });
  return findings;
}
