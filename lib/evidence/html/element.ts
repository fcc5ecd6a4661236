import { visible } from '../../assembly/source/printable';

/** What stands in a page: elements, and texts, which are never markup. */
export type Html = object | string | number | false | undefined | readonly Html[];

/** Attributes of an element; one that is undefined or false is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

// The types of preact bring those of browsers with them, for the whole program; this is all that is used.
const { h, Fragment } = require('preact') as {
  h(tag: unknown, attributes: object | null, ...children: readonly unknown[]): object;
  Fragment: unknown;
};
const { render } = require('preact-render-to-string') as { render(node: object): string };

/** An element. What a browser would act on instead of showing, such as marks of direction, becomes its escape. */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Html[]): Html {
  const shown = Object.entries(attributes).map(([name, value]) => [name, shownAs(value)]);
  return h(tag, Object.fromEntries(shown), ...children.map(shownAs));
}

/** An element whose content is ours and stands as it is: style and script. */
export function raw(tag: 'style' | 'script', content: string): Html {
  return h(tag, { dangerouslySetInnerHTML: { __html: content } });
}

/** Elements as text. */
export function htmlOf(...nodes: readonly Html[]): string {
  return render(h(Fragment, null, ...nodes));
}

function shownAs(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  return Array.isArray(value) ? value.map(shownAs) : value;
}
