import { standsFor } from '../iam/iam-resources';
import { all, any, type Judgement, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { Unknown } from '../value';

/** The settings of asynchronous invocations, by function. */
const configs = oncePerGraph((graph) => {
  const found = new Map<Resource, Resource[]>();
  for (const config of graph.ofType('AWS::Lambda::EventInvokeConfig')) {
    const target = config.target('FunctionName');
    if (!(target instanceof Resource)) continue;
    const own = standsFor(target);
    found.set(own, [...(found.get(own) ?? []), config]);
  }
  return found;
});

/** Judges whether a function keeps asynchronous events that it failed on: a dead-letter queue or a destination. */
export function asynchronousFailures(lambda: Resource): Judgement {
  const own = configs(lambda.stack.graph).get(lambda) ?? [];
  const judged = any(
    lambda.isSet('DeadLetterConfig.TargetArn', 'a dead-letter queue, or an OnFailure destination'),
    ...own.map((config) => judgeConfig(config, lambda)),
  );
  const [macro] = lambda.stack.graph.unreadable;
  return judged.outcome === 'fail' && macro !== undefined ? unknown(judged.property, macro) : judged;
}

function judgeConfig(config: Resource, lambda: Resource): Judgement {
  const set = config.isSet('DestinationConfig.OnFailure.Destination', 'a destination');
  const exists = existsWith(config, lambda);
  return set.outcome === 'pass' && exists instanceof Unknown ? all(set, unknown(undefined, exists)) : set;
}
