import { CfnRestApi, type IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IResource } from 'aws-cdk-lib/core';
import { refuse } from '../../../objectives/mistakes';
import { isElsewhere, placeInWords, placeOf, placeOfStack } from '../../governance/places';

/**
 * Refuses what is imported from another region or account: the CDK would look for its metrics where the stack is, and find nothing.
 *
 * @internal
 */
export function checkMetricsHere(resource: IResource, arn: string): void {
  const [place, here] = [placeOf(resource, arn), placeOfStack(resource)];
  if (!isElsewhere(place, here)) return;
  const there = placeInWords(place);
  refuse(resource.node.path, [
    {
      problem: `it is in ${there}, and so are its metrics; the stack is in ${placeInWords(here)}: no alarm could fire`,
      fix: `import it into a stack in ${there}, and put the objective there`,
    },
  ]);
}

/**
 * Refuses a REST API that is imported without its name, for which the CDK takes the id of the construct.
 *
 * @internal
 */
export function checkNamed({ node, restApiName }: IRestApi): void {
  if (node.defaultChild instanceof CfnRestApi || restApiName !== node.id) return;
  refuse(node.path, [
    {
      problem: `nobody said its name: ${node.id} is the id of the construct, and metrics of REST APIs are found by the name`,
      fix: 'import it by RestApi.fromRestApiAttributes with its restApiName, and under an id that is not that name',
    },
  ]);
}
