import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Token } from 'aws-cdk-lib/core';
import { ROOT } from './fresh';
import { type OpenKind, type OpenProp, openProps } from './typed-props';

/** A class that users build, where it is written, and what of it can be left to deployment. */
export interface OpenConstruct {
  readonly name: string;
  readonly module: string;
  readonly props: readonly OpenProp[];
}

const CLASS = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)^export class (\w+) extends (?:Construct|SetsAside)\b/gm;

/** The public constructs of the library, in the order of their names. */
export function openConstructs(): readonly OpenConstruct[] {
  const folder = join(ROOT, 'lib', 'constructs');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const module = join(folder, file);
      return [...readFileSync(module, 'utf8').matchAll(CLASS)]
        .filter(([, doc = '']) => !doc.includes('@internal'))
        .map(([, , name = '']) => ({ name, module, props: openProps(`${name}Props`) }));
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const OPEN = { Ref: 'Open' };

/** What only deployment knows, in the ways that a user can write it. */
export const LEFT_OPEN: Readonly<Record<OpenKind, readonly (() => unknown)[]>> = {
  number: [() => Token.asNumber(OPEN)],
  Duration: [
    () => Duration.seconds(Token.asNumber(OPEN)),
    () => Duration.minutes(Token.asNumber(OPEN)),
    () => Duration.days(Token.asNumber(OPEN)),
  ],
  string: [() => Token.asString(OPEN), () => `a${Token.asString(OPEN)}`],
  'string[]': [
    () => Token.asList(OPEN),
    () => ['Open', 'Open2', 'Open3'].map((Ref) => Token.asString({ Ref })),
  ],
};

/** The properties that the constructs of a name are given beside those that are written. */
interface Instead {
  readonly construct: string;
  readonly props: Readonly<Record<string, unknown>>;
}

let instead: Instead | undefined;

/** Runs something while the constructs of a name get other properties than are written. */
export function withProps<T>(given: Instead, act: () => T): T {
  instead = given;
  try {
    return act();
  } finally {
    instead = undefined;
  }
}

/** The class as users call it, but that its properties can be said from outside. */
export function interceptable<T extends new (...args: never[]) => object>(name: string, type: T): T {
  return new Proxy(type, {
    construct: (target, [scope, id, props], newTarget) =>
      Reflect.construct(
        target,
        [scope, id, instead?.construct === name ? { ...props, ...instead.props } : props],
        newTarget,
      ),
  });
}

/** Marks of the CDK for what only deployment knows, and what is reckoned with them: no person should see one. */
export const MARKS = /[$#]\{Token\[|Token\W?.?(?:TOKEN|AWS)\W?\w+\W?\d|\d(?:\.\d+)?e\+\d{3}/i;
