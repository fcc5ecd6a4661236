import {
  type CloudFormationClient,
  CloudFormationServiceException,
  CreateStackCommand,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import type { Resource, Template } from '../example';
import type { KnownTypes, Shortcoming } from '../known-types';
import { closureOf, idsOf, withoutProperties } from '../template';
import type { Finding } from './as-declared';

/**
 * Whatever is listed as something on which the emulator crashes still is: each resource of it is tried in an account of
 * its own, with all that it needs.
 */
export async function crashFindings(
  template: Template,
  { known, nextAccount }: { known: KnownTypes; nextAccount: () => Promise<CloudFormationClient> },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const id of idsOf(template, (each) => crashesOf(each, known))) {
    const resource = template.Resources[id];
    const shortcoming = (resource && known.shortcomingOf(resource)) ?? 'crashes';
    const probe = { template: probeOf(template, id, known), id, shortcoming };
    if (await isCreated(probe, await nextAccount())) {
      findings.push({
        what: `${id} (${resource?.Type})`,
        expected: `${shortcoming}, as unsupported-types.json says`,
        found: 'created: the entry is stale',
      });
    }
  }
  return findings;
}

/** A short name: the emulator makes those of the resources from it, and some must not be long. */
const PROBE = 'probe';

/** The resource as it was declared, and all that it needs without what else would crash. */
function probeOf(template: Template, id: string, known: KnownTypes): Template {
  // Its parameters and rules are of the bootstrap, which no empty account has.
  const { Parameters: _, Rules: __, ...closure } = closureOf(template, id);
  const harmless = withoutProperties(closure, known.crashesOn.bind(known)).Resources;
  const resource = closure.Resources[id];
  return { ...closure, Resources: { ...harmless, ...(resource && { [id]: resource }) } };
}

function crashesOf(resource: Resource, known: KnownTypes): boolean {
  const { Type, Properties = {} } = resource;
  return known.failsOn(resource) || known.crashesOn(Type).some((property) => property in Properties);
}

async function isCreated(
  probe: { template: Template; id: string; shortcoming: Shortcoming },
  cloudFormation: CloudFormationClient,
): Promise<boolean> {
  try {
    await cloudFormation.send(
      new CreateStackCommand({ StackName: PROBE, TemplateBody: JSON.stringify(probe.template) }),
    );
  } catch (error) {
    if (probe.shortcoming === 'crashes' ? isServersFault(error) : isRefusal(error, probe.shortcoming))
      return false;
    throw error;
  }
  const { StackResources = [] } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: PROBE }),
  );
  return StackResources.some(({ LogicalResourceId }) => LogicalResourceId === probe.id);
}

/** What it says of a resource that it does not take, and not of a template that the probe got wrong. */
function isRefusal(error: unknown, shortcoming: Shortcoming): boolean {
  return error instanceof Error && shortcoming === `refuses: ${error.message}`;
}

/**
 * A crash, and not a template that the probe got wrong or an emulator that is gone: what moto then answers with, a page or the
 * error of another service, is no error of CloudFormation to the SDK.
 */
function isServersFault(error: unknown): boolean {
  return (
    !(error instanceof CloudFormationServiceException) &&
    (error as { $response?: unknown }).$response !== undefined
  );
}
