import { CfnCluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { arnInEachRegion } from '../recovery/region-switch/arn-in-each-region';
import { sharedName } from '../region/membership';

/** The most characters that ECS allows in the name of a cluster or a service. */
const MOST_CHARACTERS = 255;

/** The name of a service and of a cluster of its own, the same in all regions. @internal */
export function fixedNameOf(service: IConstruct): string {
  return sharedName(service, MOST_CHARACTERS);
}

/**
 * The services of all regions by their ARNs, as texts.
 *
 * @throws ConfigurationError when a name in them is made at deployment, or the service belongs to no set of regions
 * @internal
 */
export function namedServiceArns(
  service: IConstruct,
  cluster: ICluster,
  isNamed: boolean,
): Readonly<Record<string, string>> {
  refuse(service.node.path, isNamed ? clusterNameMistakes(cluster) : [UNNAMED]);
  const resource = `service/${clusterNameOf(cluster)}/${fixedNameOf(service)}`;
  return arnInEachRegion(service, { service: 'ecs', resource });
}

/** A cluster whose name another region cannot know. @internal */
export function clusterNameMistakes(cluster: ICluster): Mistake[] {
  if (clusterNameOf(cluster) !== undefined) return [];
  return [
    {
      problem: `fixedName is set, but the name of ${cluster.node.path} is made at deployment, so no other region knows it`,
      fix: 'give the cluster a clusterName, the same in both regions, or leave cluster out',
    },
  ];
}

/** What is written in the template, not what CloudFormation will answer. */
function clusterNameOf(cluster: ICluster): string | undefined {
  const { defaultChild } = cluster.node;
  const name = defaultChild instanceof CfnCluster ? defaultChild.clusterName : cluster.clusterName;
  return name === undefined || Token.isUnresolved(name) ? undefined : name;
}

const UNNAMED: Mistake = {
  problem: 'its service has a name that CloudFormation makes at deployment, so no other region knows its ARN',
  fix: 'set fixedName: true',
};
