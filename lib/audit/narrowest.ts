import type { RiskAcceptanceScope } from '../objectives/risk-acceptance';
import { constructPathOf } from './acceptance';
import { covers, type Judged } from './exceptions';

/**
 * The narrower scope that would do as well: it holds all that fails, and none of what passes the same rules.
 *
 * @returns nothing where the scope holds nothing that passes, or cannot be narrower
 */
export function narrowerScope(
  scope: RiskAcceptanceScope,
  fails: readonly Judged[],
  passes: readonly Judged[],
): RiskAcceptanceScope | undefined {
  if (scope.resource !== undefined || fails.length === 0 || passes.length === 0) return undefined;
  const common = commonPath(fails.map(({ resource }) => constructPathOf(resource)));
  const narrow = common === undefined ? oneResource(fails) : { path: widest(common, passes) };
  if (narrow === undefined || (narrow.path !== undefined && narrow.path === scope.path)) return undefined;
  return passes.some((judged) => !covers(narrow, judged)) ? narrow : undefined;
}

/** The construct above all of them; nothing where one has no path, or only the app is above all. */
function commonPath(paths: readonly (string | undefined)[]): string | undefined {
  const split = paths.map((path) => path?.split('/'));
  const [first] = split;
  if (first === undefined || split.some((parts) => parts === undefined)) return undefined;
  const length = first.findIndex((part, index) => split.some((parts) => parts?.[index] !== part));
  const common = length < 0 ? first : first.slice(0, length);
  return common.length > 0 ? common.join('/') : undefined;
}

/** The construct furthest up that still holds nothing that passes, so that no inner construct need be named. */
function widest(path: string, passes: readonly Judged[]): string {
  const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
  if (above === undefined || passes.some((judged) => covers({ path: above }, judged))) return path;
  return widest(above, passes);
}

function oneResource(fails: readonly Judged[]): RiskAcceptanceScope | undefined {
  const [first] = fails;
  const same = fails.every(({ resource }) => resource === first?.resource);
  return first && same ? { stack: first.resource.stack.id, resource: first.resource.logicalId } : undefined;
}
