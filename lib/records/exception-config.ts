import type { Node } from 'yaml';
import { parseTier, type Tier } from '../objectives/tier';
import type { YamlReader } from './yaml-reader';

/** What a configuration says of exceptions. Paths begin in its folder. */
export interface ExceptionConfig {
  /** Folders of records. @default - `records`, where it is there */
  readonly records?: readonly string[];

  /** The file that says whose signatures count. @default - `allowed_signers` in the folders of records */
  readonly allowedSigners?: string;

  /** Whether findings are accepted only with a signature: everywhere, or at some tiers. @default false */
  readonly requireSignatures?: boolean | readonly Tier[];
}

/** The keys that say it. */
export const EXCEPTION_KEYS = ['records', 'allowedSigners', 'requireSignatures'] as const;

/** Reads what a configuration says of exceptions. @throws ConfigurationError with its place for the first mistake */
export function exceptionConfigIn(root: ReadonlyMap<string, Node>, reader: YamlReader): ExceptionConfig {
  const [records, allowedSigners, required] = EXCEPTION_KEYS.map((key) => root.get(key));
  return {
    ...(records && { records: reader.list(records, 'records').map((node) => reader.text(node, 'a folder')) }),
    ...(allowedSigners && { allowedSigners: reader.text(allowedSigners, 'allowedSigners') }),
    ...(required && { requireSignatures: requiredBy(required, reader) }),
  };
}

function requiredBy(node: Node, reader: YamlReader): boolean | readonly Tier[] {
  const { value } = node as { readonly value?: unknown };
  if (typeof value === 'boolean') return value;
  const tiers = reader.isList(node) ? reader.list(node, 'requireSignatures') : undefined;
  if (tiers) return tiers.map((tier) => parseTier(reader.text(tier, 'a tier'), reader.placeOf(tier)));
  return reader.refuse(
    node,
    'requireSignatures is neither true, false nor a list',
    'write true, or tiers: [0, 1]',
  );
}
