import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import type { Template } from '../example';
import type { KnownTypes } from '../known-types';
import { closureOf, idsOf } from '../template';
import type { Finding } from './as-declared';

/**
 * Every type that is listed as one on which the emulator crashes still does: each resource of it is tried in a stack of
 * its own, with all that it needs. Leaves half-made stacks behind, so it comes last.
 */
export async function crashFindings(
  stack: string,
  template: Template,
  { known, cloudFormation }: { known: KnownTypes; cloudFormation: CloudFormationClient },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const ids = idsOf(template, ({ Type }) => known.shortcomingOf(Type) === 'crashes');
  for (const [at, id] of ids.entries()) {
    const what = `${id} (${template.Resources[id]?.Type})`;
    // A short name: the emulator makes those of the resources from it, and some must not be long.
    const probe = { name: `${stack}-${at}`, template: closureOf(template, id), id };
    if (await isCreated(probe, cloudFormation)) {
      findings.push({
        what,
        expected: 'crashes, as unsupported-types.json says',
        found: 'created: the entry is stale',
      });
    }
  }
  return findings;
}

async function isCreated(
  probe: { name: string; template: Template; id: string },
  cloudFormation: CloudFormationClient,
): Promise<boolean> {
  try {
    await cloudFormation.send(
      new CreateStackCommand({ StackName: probe.name, TemplateBody: JSON.stringify(probe.template) }),
    );
  } catch (error) {
    if (isServersFault(error)) return false;
    throw error;
  }
  const { StackResources = [] } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: probe.name }),
  );
  return StackResources.some(({ LogicalResourceId }) => LogicalResourceId === probe.id);
}

/**
 * A crash, and not a template that the probe got wrong or an emulator that is gone. The page that moto answers with is
 * no error of CloudFormation to the SDK, so only the response tells.
 */
function isServersFault(error: unknown): boolean {
  const { $response: response } = error as { $response?: { readonly statusCode?: number } };
  return response?.statusCode === 500;
}
