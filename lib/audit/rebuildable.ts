import type { Truth } from '../assembly/conditions';
import { type Judgement, notApplicable, unknown } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import { tagEquals } from '../assembly/resource-tags';
import { Unknown } from '../assembly/value';
import type { ResolvedService } from './services';

/** Marks a resource whose data can be made again from other data. */
const REBUILDABLE_TAG = 'resilience:rebuildable';

/** Why a rule on backups does not apply to what can be made again. */
export const DECLARED_REBUILDABLE = 'it is declared rebuildable';

/** Whether data can be made again: declared on the resource, or by all data classes of its service. */
export function isRebuildable(resource: Resource, { catalogue }: Pick<ResolvedService, 'catalogue'>): Truth {
  const classes = catalogue?.dataClasses ?? [];
  if (classes.length > 0 && classes.every(({ rebuildable }) => rebuildable)) return true;
  return tagEquals(resource, REBUILDABLE_TAG, 'true');
}

/** Asks for backups only of what cannot be made again; where that is open, a fail is open too. */
export function unlessRebuildable(
  resource: Resource,
  service: Pick<ResolvedService, 'catalogue'>,
  judge: (resource: Resource) => Judgement | readonly Judgement[],
): Judgement | readonly Judgement[] {
  const rebuildable = isRebuildable(resource, service);
  if (rebuildable === true) return notApplicable(DECLARED_REBUILDABLE);
  const judged = judge(resource);
  const fails = [judged].flat().some(({ outcome }) => outcome === 'fail');
  return fails && rebuildable instanceof Unknown ? unknown(undefined, rebuildable) : judged;
}
