import { visible } from '../../assembly/source/printable';
import type { Evidence } from '../evidence';
import { uriOf } from './text';

/** Stands for the root of the checkout; who reads the log says where that is. */
export const ROOT = '%SRCROOT%';

/** What a location is made of. */
export interface Placed {
  readonly source?: { readonly file: string; readonly line: number };
  readonly file?: string;
  readonly stack?: string;
  readonly constructPath?: string;
  readonly logicalId?: string;
}

/** The user's line that made the construct, else the template; and the construct in the tree of constructs. */
export function locationsOf(placed: Placed, { locate }: Pick<Evidence, 'locate'>): readonly object[] {
  const { source, file, constructPath, logicalId, stack } = placed;
  const path = source?.file ?? file;
  const logical = [
    ...(constructPath === undefined ? [] : [logicalLocation(constructPath, '/')]),
    ...(logicalId === undefined
      ? []
      : [logicalLocation(stack === undefined ? logicalId : `${stack}.${logicalId}`, '.')]),
  ];
  const located = path === undefined ? undefined : (locate?.(path) ?? path);
  if (located === undefined && logical.length === 0) return [];
  return [
    {
      ...(located !== undefined && {
        physicalLocation: {
          artifactLocation: artifactOf(located),
          region: { startLine: Math.max(1, source?.line ?? 1) },
        },
      }),
      ...(logical.length > 0 && { logicalLocations: logical }),
    },
  ];
}

function artifactOf(path: string): object {
  const uri = uriOf(path);
  return uri.startsWith('file:') ? { uri } : { uri, uriBaseId: ROOT };
}

function logicalLocation(path: string, separator: string): object {
  const name = visible(path);
  return { name: name.slice(name.lastIndexOf(separator) + 1), fullyQualifiedName: name, kind: 'resource' };
}
