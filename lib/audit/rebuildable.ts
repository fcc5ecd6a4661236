import type { Truth } from '../assembly/conditions';
import { type Judgement, notApplicable, unknown } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';
import { isRebuildable as isDeclaredRebuildable } from '../assessment/data-owed';
import type { ResolvedService } from './services';

/** Why a rule on backups does not apply to what can be made again. */
export const DECLARED_REBUILDABLE = 'it is declared rebuildable';

/** Whether data can be made again: declared on the resource, or by all data classes of its service. */
export function isRebuildable(resource: Resource, { catalogue }: Pick<ResolvedService, 'catalogue'>): Truth {
  return isDeclaredRebuildable(resource, catalogue?.dataClasses ?? []);
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
