import { isMap, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';

/**
 * A document as it was written, and what reads it.
 *
 * @param language - what it should be: JSON is YAML, too, and whoever writes it has not heard of YAML
 * @throws ConfigurationError when it is no YAML
 */
export function openYaml(
  text: string,
  file: string,
  language: 'JSON' | 'YAML' = 'YAML',
): { readonly reader: YamlReader; readonly root: ParsedNode | null } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const reader = new YamlReader(printable(file), lines);
  const [syntax] = document.errors;
  if (syntax?.code === 'MULTIPLE_DOCS')
    reader.refuseAt(syntax.pos[0], 'a second document begins', 'write one document a file');
  if (syntax) reader.refuseAt(syntax.pos[0], syntax.message, `write valid ${language}`);
  return { reader, root: document.contents };
}

/** Reads nodes of YAML and refuses what is not of the form asked for, with its place. */
export class YamlReader {
  constructor(
    private readonly file: string,
    private readonly lines: LineCounter,
  ) {}

  map(node: unknown, keys: readonly string[] | undefined, what: string): ReadonlyMap<string, Node> {
    const entries = this.entries(node as Node, what);
    const strange = keys && entries.find(({ name }) => !keys.includes(name));
    if (strange)
      this.refuse(
        strange.key,
        `${what} has an unknown key ${printable(strange.name)}`,
        `use one of ${keys.join(', ')}`,
      );
    return new Map(entries.map(({ name, value }) => [name, value]));
  }

  list(node: Node | undefined, what: string): readonly Node[] {
    if (node === undefined) return [];
    return isSeq(node)
      ? (node.items as readonly Node[])
      : this.refuse(node, `${what} is no list`, 'write one entry a line, each after a dash');
  }

  /** Keys as they were written, with the nodes of keys and values. */
  entries(
    node: Node,
    what: string,
  ): readonly { readonly key: Node; readonly name: string; readonly value: Node }[] {
    if (!isMap(node)) return this.refuse(node, `${what} is no mapping`, 'write keys and values');
    return node.items.map(({ key, value }) => {
      const name = String((key as { value?: unknown } | null)?.value ?? key);
      if (value === null)
        this.refuse(key as Node, `${printable(name)} has no value`, 'write one after the colon');
      return { key: key as Node, name, value: value as Node };
    });
  }

  isMap(node: Node): boolean {
    return isMap(node);
  }

  isList(node: Node): boolean {
    return isSeq(node);
  }

  text(node: Node, what: string): string {
    const { value } = (node ?? {}) as { value?: unknown };
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return plain && value !== '' ? String(value) : this.refuse(node, `${what} is no text`, 'write a text');
  }

  refuse(node: Node | null | undefined, problem: string, fix: string): never {
    throw new ConfigurationError({ path: this.placeOf(node), problem, fix });
  }

  refuseAt(offset: number, problem: string, fix: string): never {
    throw new ConfigurationError({
      path: this.place(offset),
      problem: printable(problem),
      fix,
    });
  }

  placeOf(node: Node | null | undefined): string {
    return this.place(node?.range?.[0] ?? 0);
  }

  /** The line on which something begins; 1 where there is nothing. */
  lineOf(node: Node | null | undefined): number {
    return this.lines.linePos(node?.range?.[0] ?? 0).line || 1;
  }

  private place(offset: number): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.file}:${line || 1}:${col || 1}`;
  }
}
