import type { Truth } from './conditions';
import { oncePerResource } from './once-per-resource';
import type { Resource } from './resource';
import { sameToken } from './same-token';
import type { Stack } from './stack';
import { isList, isMap, sameValue, Unknown, type Value } from './value';

/** Where a type's tags are not the property `Tags`. */
const TAG_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupPlan': 'BackupPlanTags',
  'AWS::Backup::BackupVault': 'BackupVaultTags',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'BackupVaultTags',
  'AWS::Cognito::UserPool': 'UserPoolTags',
  'AWS::EFS::FileSystem': 'FileSystemTags',
  'AWS::Route53::HostedZone': 'HostedZoneTags',
};

/** What a resource carries under a tag: its value, nothing, or values of which deploy decides. */
export type TagValue = Value | undefined;

/** The tag of a resource by its own property, else by its stack, whose tags CloudFormation hands on. */
export function tagOf(resource: Resource, key: string): TagValue {
  if (key.startsWith('aws:')) return systemTag(resource, key);
  const own = ownTag(resource, key);
  if (own instanceof Unknown || own === undefined) {
    const inherited = stackTag(resource.stack, key);
    return own === undefined ? inherited : new Unknown(own.reason, [own, inherited]);
  }
  return own;
}

/** Whether a resource surely carries a tag of a value; an absent tag equals nothing. */
export function tagEquals(resource: Resource, key: string, value: Value): Truth {
  return tagMatches(
    resource,
    key,
    (tag) => sameToken(tag, value) ?? new Unknown(`the value of tag ${key} is known only at deploy`),
  );
}

/** Whether a tag is there and passes a test, whichever of its possible values it takes. */
export function tagMatches(resource: Resource, key: string, test: (tag: Value) => Truth): Truth {
  return matches(tagOf(resource, key), test);
}

function matches(tag: TagValue, test: (tag: Value) => Truth): Truth {
  if (tag === undefined) return false;
  if (!(tag instanceof Unknown)) return test(tag);
  const results = (tag.alternatives ?? [tag]).map((value) => (value === tag ? tag : matches(value, test)));
  const [first = tag, ...others] = results;
  return others.every((other) => other === first) ? first : tag;
}

function ownTag(resource: Resource, key: string): TagValue {
  const found = tagsOf(resource).map((tags) => (tags instanceof Map ? tags.get(key) : tagIn(tags, key)));
  return (
    found.find((tag) => tag !== undefined && !(tag instanceof Unknown)) ??
    found.find((tag) => tag !== undefined)
  );
}

/** The tags of a resource as written, or by key where all keys are known. */
const tagsOf = oncePerResource((resource) => tagProperties(resource).map((tags) => byKey(tags) ?? tags));

/** Tags by key, the first one of each. @returns nothing where a key is known only at deploy */
function byKey(tags: Value): Map<string, Value> | undefined {
  if (!isList(tags)) return undefined;
  const found = new Map<string, Value>();
  for (const entry of tags) {
    if (!isMap(entry) || typeof entry.Key !== 'string') return undefined;
    if (!found.has(entry.Key)) found.set(entry.Key, entry.Value ?? '');
  }
  return found;
}

function tagProperties(resource: Resource): readonly Value[] {
  if (resource.type === 'AWS::DynamoDB::GlobalTable') return ownReplicaTags(resource);
  const property = Object.hasOwn(TAG_PROPERTIES, resource.type) ? TAG_PROPERTIES[resource.type] : undefined;
  const tags = resource.get(property ?? 'Tags');
  return tags === undefined ? [] : [tags];
}

/** A global table is tagged replica by replica; the one of the stack's own region is meant. */
function ownReplicaTags(table: Resource): readonly Value[] {
  const replicas = table.list('Replicas');
  if (replicas instanceof Unknown) return [replicas];
  const own = replicas.filter(
    (replica) =>
      !isMap(replica) ||
      table.region === undefined ||
      sameValue(replica.Region ?? null, table.region) !== false,
  );
  return own.flatMap((replica) => (isMap(replica) ? [replica.Tags ?? []] : [replica]));
}

/** A tag in a list of keys and values, or in a mapping. */
function tagIn(tags: Value | undefined, key: string): TagValue {
  if (tags instanceof Unknown)
    return tags.alternatives ? either(tags, (other) => tagIn(other, key)) : maybe(tags.reason);
  if (isMap(tags)) return Object.hasOwn(tags, key) ? tags[key] : undefined;
  if (!isList(tags)) return undefined;
  let open: TagValue;
  for (const entry of tags) {
    const tag = tagOfEntry(entry, key);
    if (tag !== undefined && !(tag instanceof Unknown)) return tag;
    open ??= tag;
  }
  return open;
}

function tagOfEntry(entry: Value | undefined, key: string): TagValue {
  if (entry instanceof Unknown)
    return entry.alternatives ? either(entry, (other) => tagOfEntry(other, key)) : maybe(entry.reason);
  if (!isMap(entry)) return undefined;
  const same = sameValue(entry.Key ?? null, key);
  if (same === undefined) return maybe(`whether there is a tag ${key} is known only at deploy`);
  return same ? (entry.Value ?? '') : undefined;
}

/** The tag in each of the values that a condition leaves open. */
function either(
  { reason, alternatives = [] }: Unknown,
  tagFrom: (value: Value | undefined) => TagValue,
): TagValue {
  const found = alternatives.map(tagFrom);
  return found.every((tag) => tag === undefined) ? undefined : new Unknown(reason, found);
}

function maybe(reason: string): Unknown {
  return new Unknown(reason, [undefined, new Unknown(reason)]);
}

/** A stack hands its tags on to what it makes, nested stacks too. */
function stackTag(stack: Stack, key: string): TagValue {
  const { tags } = stack.source;
  if (Object.hasOwn(tags, key)) return tags[key];
  const maker =
    stack.parentResource === undefined ? undefined : stack.parent?.resources.get(stack.parentResource);
  return maker && tagOf(maker, key);
}

/** Tags that CloudFormation itself sets. */
function systemTag({ stack, logicalId }: Resource, key: string): TagValue {
  if (key === 'aws:cloudformation:logical-id') return logicalId;
  if (key === 'aws:cloudformation:stack-name')
    return stack.name ?? new Unknown('the name of the stack is given at deploy');
  return maybe(`tag ${key} is set by AWS`);
}
