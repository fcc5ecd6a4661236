import { nested } from './nesting';
import type { Json } from './source/source';
import { textFrom } from './strings';
import { isList, isMap, isScalar, Reference, Text, Unknown, type Value } from './value';

/** Around the number of a part that is known only at deploy. No template holds these characters. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'] as const;
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');

/**
 * Reads JSON that a template writes as a text, such as the definition of a state machine, and that may be put together
 * with `Fn::Sub` or `Fn::Join`: what the text refers to stands in the result as it would in plain properties.
 */
export function jsonIn(value: Value): Value {
  if (value instanceof Unknown || isMap(value) || isList(value)) return value;
  if (value instanceof Reference)
    return new Unknown(`the text of ${value.resource.logicalId} is known only at deploy`);
  const parts = value instanceof Text ? value.parts : isScalar(value) ? [String(value)] : [];
  const unreadable = new Unknown('the text is no JSON before deploy');
  if (parts.some((part) => typeof part === 'string' && part.includes(OPEN))) return unreadable;
  try {
    const json = JSON.parse(marked(parts)) as Json;
    return nested(() => unmarked(json, parts));
  } catch {
    return unreadable;
  }
}

/** The text with a mark for each part that is known only at deploy: inside a text of the JSON, or as a text itself. */
function marked(parts: Text['parts']): string {
  let quoted = false;
  let text = '';
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') {
      text += part;
      quoted = endsQuoted(part, quoted);
    } else {
      const mark = `${OPEN}${index}${CLOSE}`;
      text += quoted ? mark : `"${mark}"`;
    }
  }
  return text;
}

function endsQuoted(text: string, before: boolean): boolean {
  let quoted = before;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') quoted = !quoted;
  }
  return quoted;
}

function unmarked(json: Json, parts: Text['parts']): Value {
  if (typeof json === 'string') return withParts(json, parts);
  if (Array.isArray(json))
    return (json as readonly Json[]).map((item) => nested(() => unmarked(item, parts)));
  if (typeof json !== 'object' || json === null) return json as Value;
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [key, nested(() => unmarked(item as Json, parts))]),
  );
}

function withParts(text: string, parts: Text['parts']): Value {
  if (!text.includes(OPEN)) return text;
  const pieces: (Value | undefined)[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    pieces.push(text.slice(end, match.index), parts[Number(match[1])]);
    end = match.index + match[0].length;
  }
  return textFrom([...pieces, text.slice(end)]);
}
