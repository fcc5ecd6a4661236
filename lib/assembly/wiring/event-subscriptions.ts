import type { Truth } from '../conditions';
import type { Graph } from '../graph';
import { identifiersOf } from '../identifiers';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { inSamePlace } from '../same-place';
import { everyTruth, someTruth } from '../truth';
import { isScalar, Unknown, type Value } from '../value';

/** Whether the event subscriptions of an app tell of one category of events of a database resource. */
export function isSubscribedTo(resource: Resource, sourceType: string, category: string): Truth {
  const { graph } = resource.stack;
  const [macro] = graph.unreadable;
  let told: Truth = macro === undefined ? false : new Unknown(macro);
  for (const { subscription, takes } of takers(graph).of(sourceType, category)) {
    const tells = everyTruth([takes, tellsOf(subscription, resource)]);
    if (tells === true) return true;
    told = someTruth([told, tells]);
  }
  return told;
}

/** A subscription tells of the region and account that it stands in, and of the resources that it names. */
function tellsOf(subscription: Resource, resource: Resource): Truth {
  const near = inSamePlace(subscription, resource);
  if (near === false) return false;
  return everyTruth([near, existsWith(subscription, resource), listens(subscription, resource)]);
}

/** A subscription, and whether it takes a category of events of a type of source. */
interface Taker {
  readonly subscription: Resource;
  readonly takes: Truth;
}

/** The subscriptions that may take a category, worked out once for each category. */
const takers = oncePerGraph((graph) => {
  const byCategory = new Map<string, readonly Taker[]>();
  const of = (sourceType: string, category: string): readonly Taker[] => {
    const key = JSON.stringify([sourceType, category]);
    const found = byCategory.get(key) ?? takersOf(graph, sourceType, category);
    byCategory.set(key, found);
    return found;
  };
  return { of };
});

function takersOf(graph: Graph, sourceType: string, category: string): readonly Taker[] {
  return graph
    .ofType('AWS::RDS::EventSubscription')
    .map((subscription) => ({
      subscription,
      takes: everyTruth([
        isEnabled(subscription),
        takesOneOf(subscription, 'SourceType', sourceType),
        takesOneOf(subscription, 'EventCategories', category),
      ]),
    }))
    .filter(({ takes }) => takes !== false);
}

function isEnabled(subscription: Resource): Truth {
  const { outcome, reason = '' } = subscription.is('Enabled', true, { default: true });
  return outcome === 'unknown' ? new Unknown(reason) : outcome === 'pass';
}

/** Whether a filter lets a text through. An empty filter lets everything through. */
function takesOneOf(subscription: Resource, path: string, text: string): Truth {
  const list = subscription.list(path);
  if (list instanceof Unknown) return list;
  return list.length === 0 || someTruth(list.map((value) => isText(value, text, path)));
}

function isText(value: Value, text: string, path: string): Truth {
  return isScalar(value)
    ? String(value).toLowerCase() === text
    : new Unknown(`an entry of ${path} is known only at deploy`);
}

/** Whether a subscription listens to a resource: to all of its kind, or to it by name. */
function listens(subscription: Resource, resource: Resource): Truth {
  const sources = subscription.list('SourceIds');
  if (sources instanceof Unknown) return sources;
  return sources.length === 0 || someTruth(sources.map((source) => names(source, subscription, resource)));
}

function names(source: Value, subscription: Resource, resource: Resource): Truth {
  if (isScalar(source)) {
    const name = String(source).toLowerCase();
    return identifiersOf(resource).some((identifier) => identifier.toLowerCase() === name);
  }
  const target = subscription.stack.graph.resolve(source, subscription);
  return target instanceof Resource ? target === resource : target;
}
