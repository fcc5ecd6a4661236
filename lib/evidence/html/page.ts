import { createHash } from 'node:crypto';
import { el, htmlOf, raw } from './element';
import { SCRIPT, STYLE } from './style';

/** Only our own style and script run: nothing is loaded, and nothing that a text says could be run. */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(STYLE)}'`,
  `script-src '${hashOf(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page up to its first section. */
export function pageStart(title: string): string {
  const head = htmlOf(
    el('meta', { charset: 'utf-8' }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('meta', { name: 'referrer', content: 'no-referrer' }),
    el('title', {}, title),
    raw('style', STYLE),
  );
  return `<!doctype html>\n<html lang="en">\n<head>${head}</head>\n<body>\n`;
}

/** The page after its last section. */
export function pageEnd(): string {
  return `\n${htmlOf(raw('script', SCRIPT))}\n</body>\n</html>\n`;
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
