import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';

/** An element of a document as it was written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];

  /** The text that stands in it, without that of its children. */
  readonly text: string;

  /** The line on which it begins. */
  readonly line: number;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** White space, comments and processing instructions; the XML declaration is one. */
const ASIDE = /(?:\s+|<!--(?:(?!--)[\s\S])*-->|<\?[\s\S]*?\?>)+/y;
const START = /<([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const END = /<\/([A-Za-z_][\w.:-]*)\s*>/y;
const TEXT = /[^<]+/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document. There is no document type and so no entity but the five of XML itself: nothing outside the
 * text is read, and nothing in it grows.
 *
 * @throws ConfigurationError with file and line when it is not well formed, or has a document type
 */
export function parseXml(text: string, file: string): XmlElement {
  return new XmlReader(text, file).document();
}

class XmlReader {
  private at = 0;

  /** The line of a place that was asked for, which the next is counted from. */
  private known = { at: 0, line: 1 };

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {}

  document(): XmlElement {
    this.take(ASIDE);
    const root = this.open();
    if (root === undefined) throw this.refusal('no element begins here', 'write an XML document');
    this.fill(root.isEmpty ? [] : [root.element]);
    this.take(ASIDE);
    if (this.at < this.text.length)
      throw this.refusal('something stands after the end of the document', 'leave it out');
    return root.element;
  }

  /** Reads up to the end of the outermost open element. With a stack of its own: documents are deep. */
  private fill(open: OpenElement[]): void {
    for (let element = open.at(-1); element; element = open.at(-1)) {
      if (this.takeEnd(element)) open.pop();
      else if (!this.take(ASIDE) && !this.takeText(element)) this.takeChild(element, open);
    }
  }

  private takeEnd({ name }: OpenElement): boolean {
    const end = this.take(END);
    if (end && end[1] !== name)
      throw this.refusal(
        `${quoted(end[1] ?? '')} ends here, but ${quoted(name)} is open`,
        `end ${quoted(name)} first`,
      );
    return end !== null;
  }

  private takeChild(parent: OpenElement, open: OpenElement[]): void {
    const child = this.open();
    if (child === undefined)
      throw this.refusal(
        `neither text, nor an element, nor the end of ${quoted(parent.name)}`,
        'write well-formed XML',
      );
    parent.children.push(child.element);
    if (!child.isEmpty) open.push(child.element);
  }

  private takeText(element: OpenElement): boolean {
    const cdata = this.take(CDATA);
    const text = cdata ? (cdata[1] ?? '') : this.take(TEXT)?.[0];
    if (text === undefined) return false;
    element.text += cdata ? text : this.decoded(text);
    return true;
  }

  private open(): { readonly element: OpenElement; readonly isEmpty: boolean } | undefined {
    const line = this.line();
    const found = this.take(START);
    if (!found) {
      if (/^<!(?:DOCTYPE|ENTITY)/i.test(this.text.slice(this.at, this.at + 9)))
        throw this.refusal('documents with a document type are not read', 'leave the DOCTYPE out');
      return undefined;
    }
    const [, name = '', written = '', slash] = found;
    const attributes = new Map<string, string>();
    for (const [, key = '', double, single] of written.matchAll(ATTRIBUTE)) {
      if (attributes.has(key))
        throw this.refusal(`the attribute ${quoted(key)} stands there twice`, 'write it once');
      attributes.set(key, this.decoded(double ?? single ?? ''));
    }
    return { element: { name, attributes, children: [], text: '', line }, isEmpty: slash === '/' };
  }

  private decoded(text: string): string {
    return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));?|&/gi, (all, hex, decimal, name) => {
      const entity = name === undefined ? undefined : ENTITIES[name];
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isCode = code > 0 && code <= 0x10ffff;
      if (!all.endsWith(';') || (entity === undefined && !isCode))
        throw this.refusal(`${quoted(all)} is no character reference`, 'write &amp; for &');
      return entity ?? String.fromCodePoint(code);
    });
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private line(): number {
    let { at, line } = this.known;
    for (; at < this.at; at += 1) if (this.text.charCodeAt(at) === 10) line += 1;
    this.known = { at, line };
    return line;
  }

  private refusal(problem: string, fix: string): ConfigurationError {
    return new ConfigurationError({ path: `${printable(this.file)}:${this.line()}`, problem, fix });
  }
}

function quoted(text: string): string {
  return `"${printable(text)}"`;
}
