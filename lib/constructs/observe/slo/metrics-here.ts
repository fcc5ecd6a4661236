import { CfnRestApi, type IRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type IResource, Reference, Tokenization } from 'aws-cdk-lib/core';
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
 * Refuses a REST API that is imported without its name, for which the CDK takes the id of the construct, or with an id for its name.
 *
 * @internal
 */
export function checkNamed({ node, restApiName }: IRestApi): void {
  const found = 'and metrics of REST APIs are found by the name';
  const unnamed = !(node.defaultChild instanceof CfnRestApi) && restApiName === node.id;
  // CloudFormation has no attribute that gives the name.
  const of = Tokenization.reverseString(restApiName).tokens.find(
    (token) => Reference.isReference(token) && token.target instanceof CfnRestApi,
  ) as Reference | undefined;
  refuse(node.path, [
    ...(unnamed
      ? [
          {
            problem: `nobody said its name: ${node.id} is the id of the construct, ${found}`,
            fix: 'import it by RestApi.fromRestApiAttributes with its restApiName, and under an id that is not that name',
          },
        ]
      : []),
    ...(of
      ? [
          {
            problem: `its name is an id of ${of.target.node.path}, ${found}`,
            fix: 'give the name itself as restApiName, such as the name of the CfnRestApi',
          },
        ]
      : []),
  ]);
}
