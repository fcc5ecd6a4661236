import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { referencesIn } from '../value';

/** The functions that custom resources call, and those that only such functions call. */
export const deployHandlers = oncePerGraph((graph): ReadonlySet<Resource> => {
  const handlers = new Set<Resource>();
  for (const resource of graph.resources) {
    if (!/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(resource.type)) continue;
    for (const { resource: handler } of referencesIn(resource.get('ServiceToken'))) handlers.add(handler);
  }
  for (const handler of [...handlers]) {
    for (const { resource } of referencesIn(handler.get('Environment')))
      if (resource.type === 'AWS::Lambda::Function') handlers.add(resource);
  }
  return handlers;
});
