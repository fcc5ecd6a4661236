import { printable } from '../assembly/source/printable';
import type { BasicEvent, FaultTree, Gate } from '../calculus/fault-tree/fault-tree';
import { ConfigurationError } from '../errors';
import { OpenPsaExpressions } from './open-psa-expressions';
import { parseXml, type XmlElement } from './xml-reader';

/** What `nines assess --format open-psa` writes a name to that Open-PSA cannot hold. */
const NAME_ATTRIBUTE = 'cdk-nines-name';

/** What it writes to an event that many things share. */
const SHARED_ATTRIBUTE = 'cdk-nines-shared';

/** Folders of definitions. */
const HOLDS_DEFINITIONS = ['define-fault-tree', 'define-component', 'model-data'];

/** Words for people. */
const DESCRIBES = ['label', 'attributes'];

/**
 * Reads the fault tree of a model in Open-PSA MEF XML. Its top is the one gate that no other gate needs.
 *
 * Formulas may be nested, and be `and`, `or`, `atleast`, `cardinality`, `not`, `nand`, `nor`, `xor`, `iff`, `imply` and
 * constants. Probabilities may be numbers, parameters, sums, products and exponentials. Event trees, common-cause
 * groups and substitutions are refused, not passed over.
 *
 * @throws ConfigurationError with file and line
 * @see https://open-psa.github.io/mef/
 */
export class OpenPsaReader {
  private readonly gates = new Map<string, Gate>();
  private readonly events = new Map<string, BasicEvent>();
  private readonly houseEvents = new Map<string, boolean>();

  /** What each name was defined as, and what it is called. */
  private readonly defined = new Map<string, XmlElement>();
  private readonly names = new Map<string, string>();
  private readonly expressions: OpenPsaExpressions;

  private readonly root: XmlElement;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.root = parseXml(text, file);
    this.expressions = new OpenPsaExpressions((element, problem, fix) => this.refuse(element, problem, fix));
  }

  tree(): FaultTree {
    if (this.root.name !== 'opsa-mef')
      this.refuse(
        this.root,
        `the document is ${quoted(this.root.name)}`,
        'name an Open-PSA model, which is opsa-mef',
      );
    const definitions = this.definitions();
    for (const element of definitions) this.define(element);
    for (const element of this.defined.values()) this.read(element);
    const { gates, events, houseEvents } = this;
    return { top: this.top(), gates, events, ...(houseEvents.size > 0 ? { houseEvents } : {}) };
  }

  /** Where a gate or an event is defined; where the model begins when it is not. */
  placeOf(name: string): string {
    const [written] = [...this.names].find(([, called]) => called === name) ?? [];
    const { line } = this.defined.get(written ?? '') ?? this.root;
    return `${printable(this.file)}:${line}`;
  }

  /** All definitions, in whatever folders they stand. */
  private definitions(): readonly XmlElement[] {
    const found: XmlElement[] = [];
    const stack = [...this.root.children].reverse();
    for (let element = stack.pop(); element; element = stack.pop()) {
      if (HOLDS_DEFINITIONS.includes(element.name))
        for (const child of [...element.children].reverse()) stack.push(child);
      else if (!DESCRIBES.includes(element.name)) found.push(element);
    }
    return found;
  }

  private define(element: XmlElement): void {
    if (element.name === 'define-parameter') this.expressions.define(element);
    else this.defineNamed(element);
  }

  private defineNamed(element: XmlElement): void {
    if (!['define-gate', 'define-basic-event', 'define-house-event'].includes(element.name))
      this.refuse(
        element,
        `${quoted(element.name)} is not read`,
        'give a model of gates, basic events and house events',
      );
    const name = this.attribute(element, 'name');
    const before = this.defined.get(name);
    if (before)
      this.refuse(
        element,
        `${quoted(name)} is defined on line ${before.line}, too`,
        'give each a name of its own',
      );
    this.defined.set(name, element);
    this.names.set(name, attributeNamed(element, NAME_ATTRIBUTE) ?? name);
  }

  private read(element: XmlElement): void {
    const name = this.names.get(this.attribute(element, 'name')) ?? '';
    if (this.gates.has(name) || this.events.has(name) || this.houseEvents.has(name))
      this.refuse(element, `another thing is called ${quoted(name)}, too`, 'give each a name of its own');
    const [content, more] = element.children.filter((child) => !DESCRIBES.includes(child.name));
    if (more) this.refuse(more, `${quoted(name)} has a second content`, 'leave one of them out');
    if (element.name === 'define-house-event')
      this.houseEvents.set(name, content ? this.constant(content) : false);
    else if (element.name === 'define-basic-event') this.readEvent(name, element, content);
    else if (content) this.readGate(name, content);
    else this.refuse(element, `the gate ${quoted(name)} has no formula`, 'write one');
  }

  private readEvent(name: string, element: XmlElement, content: XmlElement | undefined): void {
    if (!content) this.refuse(element, `the basic event ${quoted(name)} has no probability`, 'write a float');
    const shared = attributeNamed(element, SHARED_ATTRIBUTE) === 'true';
    const probability = this.expressions.value(content);
    if (!(probability >= 0 && probability <= 1))
      this.refuse(content, `the probability of ${quoted(name)} is ${probability}`, 'give one from 0 to 1');
    this.events.set(name, shared ? { probability, shared } : { probability });
  }

  /** The gates of a formula; nested ones get names of their own. With a stack of its own: formulas are deep. */
  private readGate(gate: string, whole: XmlElement): void {
    let count = 0;
    const stack = [{ name: gate, formula: whole }];
    const input = (child: XmlElement): string => {
      const named = this.reference(child);
      if (named !== undefined) return named;
      count += 1;
      const name = this.freeName(`${gate}/${count}`);
      this.gates.set(name, { type: 'or', inputs: [] });
      stack.push({ name, formula: child });
      return name;
    };
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { name, formula } = next;
      const named = this.reference(formula);
      if (named === undefined) this.setGates(name, formula, formula.children.map(input));
      else this.gates.set(name, { type: 'or', inputs: [named] });
    }
  }

  private setGates(name: string, formula: XmlElement, inputs: readonly string[]): void {
    const { gates } = this;
    if (formula.name === 'constant') {
      const settled = this.freeName(`${name}/constant`);
      this.houseEvents.set(settled, this.constant(formula));
      gates.set(name, { type: 'or', inputs: [settled] });
      return;
    }
    const inner = (gate: Gate): string => {
      const free = this.freeName(`${name}/${gate.type}`);
      gates.set(free, gate);
      return free;
    };
    gates.set(name, this.gateOf(formula, inputs, inner));
  }

  private gateOf(formula: XmlElement, inputs: readonly string[], inner: (gate: Gate) => string): Gate {
    const [a = '', b = ''] = inputs;
    const both: Gate = { type: 'and', inputs };
    const any: Gate = { type: 'or', inputs };
    const negated = (name: string) => inner({ type: 'not', inputs: [name] });
    if (['iff', 'imply', 'xor'].includes(formula.name) && inputs.length !== 2)
      this.refuse(formula, `${formula.name} has ${inputs.length} arguments`, 'give it two');
    switch (formula.name) {
      case 'and':
        return both;
      case 'or':
        return any;
      case 'not':
        return { type: 'not', inputs };
      case 'nand':
        return { type: 'not', inputs: [inner(both)] };
      case 'nor':
        return { type: 'not', inputs: [inner(any)] };
      case 'xor':
        return { type: 'and', inputs: [inner(any), negated(inner(both))] };
      case 'iff':
        return { type: 'or', inputs: [inner(both), negated(inner(any))] };
      case 'imply':
        return { type: 'or', inputs: [negated(a), b] };
      default:
        return this.counting(formula, inputs, inner);
    }
  }

  private counting(formula: XmlElement, inputs: readonly string[], inner: (gate: Gate) => string): Gate {
    const least = (min: number): Gate => ({ type: 'atleast', min, inputs });
    if (formula.name === 'atleast') return least(this.integer(formula, 'min'));
    if (formula.name !== 'cardinality')
      this.refuse(formula, `${quoted(formula.name)} is no formula`, 'use and, or, atleast, not');
    const min = this.integer(formula, 'min');
    const max = this.integer(formula, 'max');
    if (min > max) this.refuse(formula, `min ${min} is above max ${max}`, 'turn them round');
    const enough = min === 0 ? undefined : inner(least(min));
    const tooMany =
      max >= inputs.length ? undefined : inner({ type: 'not', inputs: [inner(least(max + 1))] });
    const parts = [enough, tooMany].filter((part) => part !== undefined);
    if (parts.length > 0) return { type: 'and', inputs: parts };
    const [first = ''] = inputs;
    return { type: 'or', inputs: [first, inner({ type: 'not', inputs: [first] })] };
  }

  /** What a formula that only names something names. */
  private reference(element: XmlElement): string | undefined {
    if (!['gate', 'basic-event', 'house-event', 'event'].includes(element.name)) return undefined;
    const written = this.attribute(element, 'name');
    const name = written.slice(written.lastIndexOf('.') + 1);
    const found = this.names.get(name);
    if (found === undefined)
      this.refuse(element, `${quoted(written)} is not defined`, 'define it, or correct the name');
    return found;
  }

  /** The one gate that no other needs. */
  private top(): string {
    const needed = new Set([...this.gates.values()].flatMap(({ inputs }) => inputs));
    const tops = [...this.gates.keys()].filter((name) => !needed.has(name));
    const [top] = tops;
    if (top === undefined)
      return this.refuse(
        this.root,
        'every gate is needed by another, or there is none',
        'give a gate that no other needs: the top',
      );
    if (tops.length > 1)
      this.refuse(
        this.root,
        `${tops.length} gates are needed by no other: ${tops.slice(0, 5).map(quoted).join(', ')}`,
        'leave one, the top',
      );
    return top;
  }

  private constant(element: XmlElement): boolean {
    const value = element.attributes.get('value');
    if (element.name !== 'constant' || (value !== 'true' && value !== 'false'))
      this.refuse(element, 'it is no constant', 'write <constant value="true"/> or "false"');
    return value === 'true';
  }

  private integer(element: XmlElement, name: string): number {
    const written = this.attribute(element, name);
    if (!/^\d{1,9}$/.test(written))
      this.refuse(element, `${name} is ${quoted(written)}`, 'write a whole number');
    return Number(written);
  }

  private attribute(element: XmlElement, name: string): string {
    const value = element.attributes.get(name);
    return value === undefined || value === ''
      ? this.refuse(element, `${quoted(element.name)} has no ${name}`, `write its ${name}`)
      : value;
  }

  private freeName(wanted: string): string {
    const isTaken = (name: string) =>
      this.gates.has(name) || this.events.has(name) || this.houseEvents.has(name) || this.names.has(name);
    let name = wanted;
    for (let count = 2; isTaken(name); count += 1) name = `${wanted}-${count}`;
    return name;
  }

  private refuse(element: XmlElement, problem: string, fix: string): never {
    throw new ConfigurationError({ path: `${printable(this.file)}:${element.line}`, problem, fix });
  }
}

function attributeNamed(element: XmlElement, name: string): string | undefined {
  const attributes = element.children.find((child) => child.name === 'attributes')?.children ?? [];
  return attributes.find((child) => child.attributes.get('name') === name)?.attributes.get('value');
}

function quoted(text: string): string {
  return `"${printable(text)}"`;
}
