import { visible } from '../../assembly/source/printable';

/** The namespace of our own properties. */
export const NS = 'urn:cdk-nines:oscal';

/** Strings of OSCAL have one line, neither begin nor end with a space, and are never empty. */
export function line(text: string): string {
  return visible(text).trim() || '-';
}

/** Text of unknown origin as the Markdown that OSCAL has in titles and descriptions: it shows as it is. */
export function markup(text: string): string {
  return line(text).replace(/[\\`*_{}[\]<>~^|&#"']/g, '\\$&');
}

/** One of our own properties. */
export interface Property {
  readonly name: string;
  readonly ns: string;
  readonly value: string;
  readonly class?: string;
  readonly remarks?: string;
}

/** A property in our namespace; its name is ours, its value may come from a template. */
export function property(name: string, value: string): Property {
  return { name, ns: NS, value: line(value) };
}

/** Properties of what is known. */
export function properties(values: Readonly<Record<string, string | undefined>>): readonly Property[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [property(name, value)],
  );
}
