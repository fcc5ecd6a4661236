import { createHash } from 'node:crypto';
import { el, htmlOf, raw } from './element';
import { SCRIPT, STYLE } from './style';

/** How a page looks and what runs in it, both ours. */
export interface Look {
  readonly style: string;
  readonly script: string;
}

/** The look of an audit. */
export const AUDIT_LOOK: Look = { style: STYLE, script: SCRIPT };

/** Only our own style and script run: nothing is loaded, and nothing that a text says could be run. */
function policyOf({ style, script }: Look): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The page up to its first section. */
export function pageStart(title: string, look: Look = AUDIT_LOOK): string {
  const head = htmlOf(
    el('meta', { charset: 'utf-8' }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: policyOf(look) }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('meta', { name: 'referrer', content: 'no-referrer' }),
    el('title', {}, title),
    raw('style', look.style),
  );
  return `<!doctype html>\n<html lang="en">\n<head>${head}</head>\n<body>\n`;
}

/** The page after its last section. */
export function pageEnd({ script }: Look = AUDIT_LOOK): string {
  return `\n${htmlOf(raw('script', script))}\n</body>\n</html>\n`;
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
