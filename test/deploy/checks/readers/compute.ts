import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import type { Live, Reader } from './reader';

/** What runs, and how much of it. */
export const COMPUTE_READERS: Readonly<Record<string, Reader>> = {
  'AWS::ECS::Service': async ({ physicalId, declared }, { ecs }) => {
    const command = new DescribeServicesCommand({
      services: [physicalId],
      cluster: String(declared.Cluster),
    });
    const { services: [service] = [] } = await ecs.send(command);
    if (!service) return undefined;
    return {
      ...capitalised(service),
      // The API names the cluster by its ARN, the template by the name that a `Ref` gives.
      Cluster: service.clusterArn?.split('/').pop(),
    };
  },

  'AWS::Lambda::Function': async ({ physicalId: name }, { raw }) => {
    const { Configuration, Concurrency } = await raw.get('lambda', `/2015-03-31/functions/${name}`);
    return { ...(Configuration as Live), ...(Concurrency as Live | undefined) };
  },
};

/** The API of ECS writes `desiredCount`, CloudFormation `DesiredCount`. */
function capitalised(value: unknown): Record<string, unknown> {
  const part = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(part);
    return typeof each === 'object' && each !== null && !(each instanceof Date) ? capitalised(each) : each;
  };
  return Object.fromEntries(
    Object.entries(value as object).map(([key, each]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      part(each),
    ]),
  );
}
