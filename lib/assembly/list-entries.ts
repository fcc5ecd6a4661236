import { type Judgement, unknown } from './judgement';
import type { Resource } from './resource';
import { isList, Unknown } from './value';

/** Judges every entry of a list by its path, such as `Replicas.0`; one that is written without a list is one entry. */
export function eachEntry(
  resource: Resource,
  path: string,
  judge: (entry: string) => Judgement,
): readonly Judgement[] {
  const list = resource.list(path);
  if (list instanceof Unknown) return [unknown(path, list)];
  const single = !isList(resource.get(path));
  return list.map((entry, index) =>
    entry instanceof Unknown ? unknown(path, entry) : judge(single ? path : `${path}.${index}`),
  );
}
