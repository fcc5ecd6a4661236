import { visible } from '../assembly/source/printable';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Code points that no XML 1.0 document may hold, escaped or not, and that are no control characters. */
const NOT_XML = /[\ufffe\uffff]/g;

/** Text of unknown origin for an attribute or an element. What XML or a terminal cannot show becomes its escape. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(NOT_XML, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** An opening tag with its attributes. */
export function openTag(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  return `<${name}${written.join('')}>`;
}
