import { visible } from '../../assembly/source/printable';

/**
 * Text of unknown origin as the text of a SARIF message.
 *
 * Braces stand for placeholders there and are doubled (3.11.5); `[text](1)` would be a link (3.11.6) and is taken apart.
 */
export function messageText(text: string): string {
  return visible(text).replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (');
}

/** A path as a URI: relative paths stay so, absolute ones become `file:` URIs. */
export function uriOf(path: string): string {
  const uri = visible(path).split(/[\\/]/).map(encodeURIComponent).join('/');
  if (/^[A-Za-z]%3A\//.test(uri)) return `file:///${uri.replace('%3A', ':')}`;
  return uri.startsWith('/') ? `file://${uri}` : uri;
}
