import { isAlias, isMap, isScalar, isSeq, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { isList, isObject, setOwn } from './json';
import { plainScalar } from './scalars';
import { longFormArgument, longFormOf } from './short-forms';
import type { Json, JsonObject } from './source';

/** Aliases may stand for this many values in all; a "billion laughs" document soon passes it. */
const MOST_ALIASED_VALUES = 100_000;

const STANDARD = 'tag:yaml.org,2002:';
const STANDARD_SCALARS: ReadonlySet<string> = new Set(['bool', 'float', 'int', 'null']);

/** Something that a YAML document may not contain, at an offset of the text. */
export class YamlFault extends Error {
  constructor(
    readonly problem: string,
    readonly fix: string,
    readonly offset: number,
  ) {
    super(problem);
  }
}

interface Anchored {
  readonly value: Json;
  readonly size: number;
}

/**
 * Turns the nodes of one document into plain values: short function tags into their long form, aliases and
 * merge keys resolved, of two equal keys the last one kept (which is what CloudFormation deploys).
 */
export class YamlReader {
  /** `undefined` while the anchored node itself is being read. */
  private readonly anchors = new Map<string, Anchored | undefined>();
  private made = 0;
  private aliased = 0;

  /** @throws YamlFault on tags, keys and aliases that no template may have */
  read(node: unknown): Json {
    if (isAlias(node)) return this.alias(node.source, node.range?.[0] ?? 0);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    const { anchor } = node;
    if (anchor === undefined) return this.tagged(node);
    this.anchors.set(anchor, undefined);
    const before = this.made;
    const value = this.tagged(node);
    this.anchors.set(anchor, { value, size: this.made - before });
    return value;
  }

  private alias(name: string, offset: number): Json {
    const known = this.anchors.get(name);
    if (known === undefined) {
      if (this.anchors.has(name))
        throw new YamlFault(`*${name} contains itself`, 'write the value out', offset);
      throw new YamlFault(`*${name} stands for nothing`, `put &${name} before it`, offset);
    }
    this.made += known.size;
    this.aliased += known.size;
    if (this.aliased > MOST_ALIASED_VALUES) {
      const problem = `aliases stand for more than ${MOST_ALIASED_VALUES} values`;
      throw new YamlFault(problem, 'write the values out', offset);
    }
    return known.value;
  }

  private tagged(node: Scalar | YAMLMap | YAMLSeq): Json {
    this.made += 1;
    const { tag } = node;
    if (tag === undefined || tag.startsWith(STANDARD))
      return this.standard(node, tag?.slice(STANDARD.length));
    if (tag === '!') return this.untagged(node, true);
    const key = longFormOf(tag);
    if (key === undefined) {
      const fix = 'use a CloudFormation function or write the value out';
      throw new YamlFault(`unknown tag ${tag}`, fix, node.range?.[0] ?? 0);
    }
    return { [key]: longFormArgument(key, this.untagged(node, true)) };
  }

  private standard(node: Scalar | YAMLMap | YAMLSeq, type: string | undefined): Json {
    if (type === undefined || type === 'map' || type === 'seq') return this.untagged(node, false);
    if (type === 'str') return this.untagged(node, true);
    if (isScalar(node) && STANDARD_SCALARS.has(type)) return plainScalar(String(node.value));
    const fix = 'CloudFormation takes strings, numbers, booleans, lists and mappings only';
    throw new YamlFault(`tag !!${type} is not for templates`, fix, node.range?.[0] ?? 0);
  }

  /** @param asString whether an unquoted scalar stays a string, as in `!Ref 123` */
  private untagged(node: Scalar | YAMLMap | YAMLSeq, asString: boolean): Json {
    if (isMap(node)) return this.mapping(node);
    if (isSeq(node)) return node.items.map((item) => this.read(item));
    const text = String(node.value ?? '');
    return asString || node.type !== Scalar.PLAIN ? text : plainScalar(text);
  }

  private mapping(map: YAMLMap): JsonObject {
    const object: Record<string, Json> = {};
    const merged: JsonObject[] = [];
    for (const pair of map.items) {
      const key = this.key(pair, map);
      if (key.value === '<<' && key.type === Scalar.PLAIN) merged.push(...this.merge(pair, key));
      else setOwn(object, String(key.value ?? ''), this.read(pair.value));
    }
    for (const source of merged) inherit(object, source);
    return object;
  }

  private key(pair: Pair, map: YAMLMap): Scalar {
    if (isScalar(pair.key)) {
      if (pair.key.anchor !== undefined) this.read(pair.key);
      return pair.key;
    }
    const offset = map.range?.[0] ?? 0;
    throw new YamlFault('a key that is not a plain word', 'write each key as a string', offset);
  }

  /** The mappings that a merge key names, each with precedence over the next. */
  private merge(pair: Pair, key: Scalar): readonly JsonObject[] {
    const value = this.read(pair.value);
    const sources = isList(value) ? value : [value];
    if (sources.every(isObject)) return sources;
    throw new YamlFault('<< must name mappings', 'use an alias of a mapping', key.range?.[0] ?? 0);
  }
}

/** Copies what an object does not have yet. */
function inherit(object: Record<string, Json>, source: JsonObject): void {
  for (const [key, value] of Object.entries(source)) {
    if (!Object.hasOwn(object, key)) setOwn(object, key, value);
  }
}
