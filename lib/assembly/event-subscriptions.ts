import type { Truth } from './conditions';
import { identifiersOf } from './identifiers';
import { existsWith } from './presence';
import { Resource } from './resource';
import { inSamePlace } from './same-place';
import { everyTruth, someTruth } from './truth';
import { isScalar, Unknown, type Value } from './value';

/** Whether the event subscriptions of an app tell of one category of events of a database resource. */
export function isSubscribedTo(resource: Resource, sourceType: string, category: string): Truth {
  const { graph } = resource.stack;
  const [macro] = graph.unreadable;
  const unseen: Truth = macro === undefined ? false : new Unknown(macro);
  const told = graph.ofType('AWS::RDS::EventSubscription').map((subscription) => {
    // A subscription tells of the region and account that it stands in.
    const near = inSamePlace(subscription, resource);
    return near === false ? near : everyTruth([near, ...tells(subscription, resource, sourceType, category)]);
  });
  return someTruth([...told, unseen]);
}

function tells(
  subscription: Resource,
  resource: Resource,
  sourceType: string,
  category: string,
): readonly Truth[] {
  return [
    existsWith(subscription, resource),
    takesOneOf(subscription, 'SourceType', sourceType),
    takesOneOf(subscription, 'EventCategories', category),
    listens(subscription, resource),
    isEnabled(subscription),
  ];
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
