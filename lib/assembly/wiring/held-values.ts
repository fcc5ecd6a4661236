import { Resource } from '../resource';
import { inSameRegion } from '../same-place';
import { textFrom } from '../strings';
import { HeldText, Reference, referencesIn, Text, Unknown, type Value } from '../value';

/** A parameter may hold a reference to another one; nobody does so more often than this. */
const MOST_STEPS = 4;

/** What holds a text under a name, and the property in which the text stands. */
const HOLDERS: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  ssm: { type: 'AWS::SSM::Parameter', text: 'Value' },
  'ssm-secure': { type: 'AWS::SSM::Parameter', text: 'Value' },
  secretsmanager: { type: 'AWS::SecretsManager::Secret', text: 'SecretString' },
};

/**
 * What a value comes to once the parameters and secrets of the app that it names, or that deploy reads for it, are
 * opened: the text that they hold. What the app does not hold stays as it is.
 */
export function openedValue(value: Value, from: Resource, steps = MOST_STEPS): Value {
  if (steps === 0) return value;
  const held = textHeld(value, from);
  if (held) return openedValue(held.text, held.by, steps - 1);
  if (!(value instanceof Text)) return value;
  const parts = value.parts.map((part) => (typeof part === 'string' ? part : openedValue(part, from, steps)));
  return parts.every((part, index) => part === value.parts[index]) ? value : textFrom(parts);
}

interface Held {
  readonly text: Value;
  readonly by: Resource;
}

function textHeld(value: Value, from: Resource): Held | undefined {
  if (value instanceof HeldText) return heldUnder(value, from);
  const named = namedHolder(value, from);
  const holder = Object.values(HOLDERS).find(({ type }) => type === named?.type);
  const text = holder && named?.get(holder.text);
  if (!named || text === undefined) return undefined;
  // The credentials of a database are not where it is: the secret itself leads there.
  const leads = named.type === 'AWS::SSM::Parameter' || referencesIn(text).length > 0;
  return leads && !(text instanceof Unknown && !(text instanceof HeldText)) ? { text, by: named } : undefined;
}

/** The resource that a whole value names, by reference, by name or by ARN. */
function namedHolder(value: Value, from: Resource): Resource | undefined {
  if (value instanceof Reference) return value.resource;
  if (typeof value !== 'string' && !(value instanceof Text)) return undefined;
  if (value === '') return undefined;
  const found = from.stack.graph.resolve(value, from);
  if (!(found instanceof Resource)) return undefined;
  // A text around a reference names its resource where it is an ARN, not where it is an address.
  const [first] = value instanceof Text ? value.parts : [value];
  const byReference = value instanceof Text && referencesIn(value).length > 0;
  return !byReference || (typeof first === 'string' && first.startsWith('arn:')) ? found : undefined;
}

function heldUnder({ service, key }: HeldText, from: Resource): Held | undefined {
  const holder = HOLDERS[service];
  if (!holder) return undefined;
  // An ARN has six colons before its name; a name is followed by a version or the key of a secret.
  const parts = key.split(':');
  const name = parts[0] === 'arn' ? parts.slice(0, 7).join(':') : (parts[0] ?? '');
  const found = from.stack.graph.named(name, from);
  if (found?.type !== holder.type || !inSameRegion(found, from)) return undefined;
  const text = found.get(holder.text);
  return { text: text ?? new Reference(found, 'Ref'), by: found };
}
