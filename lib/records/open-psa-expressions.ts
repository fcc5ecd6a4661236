import { printable } from '../assembly/source/printable';
import type { XmlElement } from './xml-reader';

/** How deep parameters and expressions may stand in each other. */
const DEEPEST = 100;

/** Throws, with the place of an element. */
export type Refuse = (element: XmlElement, problem: string, fix: string) => never;

/** Arithmetic of any number of arguments. */
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

/**
 * What the expressions of an Open-PSA model come to: numbers, parameters, arithmetic and exponentials; of deviates, the
 * mean.
 */
export class OpenPsaExpressions {
  private readonly parameters = new Map<string, XmlElement>();

  constructor(private readonly refuse: Refuse) {}

  define(element: XmlElement): void {
    const name = element.attributes.get('name') ?? '';
    if (name === '' || this.parameters.has(name))
      this.refuse(
        element,
        `the parameter "${printable(name)}" has no name, or another's`,
        'give each a name of its own',
      );
    this.parameters.set(name, element);
  }

  /** The value of an expression. @throws ConfigurationError with file and line */
  value(element: XmlElement, depth = 0): number {
    if (depth > DEEPEST) this.refuse(element, 'a parameter depends on itself', 'give it a number');
    switch (element.name) {
      case 'float':
      case 'int':
        return this.number(element);
      case 'parameter':
        return this.parameter(element, depth);
      case 'exponential': {
        const [rate = 0, time = 0] = this.values(element, 2, depth);
        return -Math.expm1(-rate * time);
      }
      case 'normal-deviate':
        return this.values(element, 2, depth)[0] ?? 0;
      case 'lognormal-deviate':
        return this.values(element, 3, depth)[0] ?? 0;
      default:
        return this.arithmetic(element, depth);
    }
  }

  private arithmetic(element: XmlElement, depth: number): number {
    const operation = Object.hasOwn(ARITHMETIC, element.name) ? ARITHMETIC[element.name] : undefined;
    if (!operation || element.children.length === 0)
      return this.refuse(
        element,
        `"${printable(element.name)}" is no expression that is read`,
        'write a float',
      );
    return this.values(element, element.children.length, depth).reduce(operation);
  }

  private values(element: XmlElement, count: number, depth: number): readonly number[] {
    if (element.children.length !== count)
      this.refuse(element, `${element.name} has ${element.children.length} arguments`, `give it ${count}`);
    return element.children.map((child) => this.value(child, depth + 1));
  }

  private number(element: XmlElement): number {
    const written = element.attributes.get('value') ?? '';
    const number = Number(written);
    if (written.trim() === '' || !Number.isFinite(number))
      this.refuse(element, `"${printable(written)}" is no number`, 'write one, such as 1e-4');
    return number;
  }

  private parameter(element: XmlElement, depth: number): number {
    const name = element.attributes.get('name') ?? '';
    const found = this.parameters.get(name);
    const expression = found?.children.find((child) => !['label', 'attributes'].includes(child.name));
    if (!expression)
      return this.refuse(element, `the parameter "${printable(name)}" has no value`, 'define it');
    return this.value(expression, depth + 1);
  }
}
