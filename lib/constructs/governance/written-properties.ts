import { type CfnResource, Stack } from 'aws-cdk-lib/core';

/** The properties of a resource as the template of its stack will have them. @internal */
export function writtenPropertiesOf(resource: CfnResource): Readonly<Record<string, unknown>> {
  const { Resources: resources = {} } = Stack.of(resource).resolve(resource._toCloudFormation()) as {
    readonly Resources?: Record<string, { readonly Properties?: Record<string, unknown> }>;
  };
  return Object.values(resources)[0]?.Properties ?? {};
}
