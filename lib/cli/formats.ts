import type { Renderer } from '../evidence/evidence';

/** Every format of `nines audit`, and what renders it: loaded only when it is asked for. */
const RENDERERS = {
  text: (): Renderer => (require('../evidence/text') as typeof import('../evidence/text')).text,
  json: (): Renderer => (require('../evidence/json') as typeof import('../evidence/json')).json,
} as const satisfies Readonly<Record<string, () => Renderer>>;

export type Format = keyof typeof RENDERERS;

export const FORMATS = Object.keys(RENDERERS) as readonly Format[];

export function rendererOf(format: Format): Renderer {
  return RENDERERS[format]();
}
