import type { Resource } from '../../assembly/resource';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { groupStanding, spotFails } from './compute';
import { serviceTasks } from './containers';
import { outgoingFail } from './outgoing';
import { neededOf, type Share, type StandingUnits, shareOf, sharesFail } from './units/spread-units';
import type { Cell } from './units/vote';

/** Who registers, and from which zones work is done. */
export interface Pool {
  readonly model: Modelling;

  /** The zones whose units get any work; undefined: all. */
  readonly served: ReadonlySet<string> | undefined;
}

/**
 * What takes so many units of several groups and services away that the others do not carry the peaks of all of them.
 *
 * @returns undefined where the units of one cannot be counted
 */
export function pooledFail(all: readonly Resource[], { model, served }: Pool): Failure | undefined {
  const shares: (readonly [Resource, Share])[] = [];
  for (const resource of all) {
    const share = shareIn(resource, all, { model, served });
    if (share === undefined) return undefined;
    shares.push([resource, share]);
  }
  const declared = shares.filter(([, { peak }]) => peak !== undefined);
  for (const [resource, share] of declared) neededOf(resource, share, model);
  const peaks = declared.reduce((sum, [, { peak }]) => sum + Math.max(1, Math.ceil(peak?.units ?? 0)), 0);
  const needed = Math.min(
    peaks,
    shares.reduce((sum, [, { units }]) => sum + units, 0),
  );
  for (const [resource, { peak }] of shares)
    if (!peak)
      model.assume(`${nameOf(resource)} carries a part of the peak that others declare beside it`, resource);
  return anyOf(
    sharesFail(
      shares.map(([, share]) => share),
      needed,
      model,
    ),
    ...shares.map(([, { late }]) => late),
    // It adds nothing, but tells who is behind it.
    allOf(...all.map((resource) => model.of(resource))),
  );
}

/** The units of one of them; each is lost with whatever takes all of them away. */
function shareIn(resource: Resource, all: readonly Resource[], { model, served }: Pool): Share | undefined {
  const part = partOf(resource, { model, served });
  if ('kind' in part) return undefined;
  const share = shareOf(resource, part.standing, model, all);
  if ('kind' in share) return undefined;
  const whole = anyOf(part.around, outgoingFail(resource, model), model.region(resource));
  const inside = (cells: readonly Cell[]) =>
    cells.map((cell) => ({ ...cell, around: anyOf(cell.around, whole) }));
  const { cells, unscaled } = share;
  return {
    ...share,
    cells: inside(cells),
    ...(unscaled && { unscaled: { ...unscaled, cells: inside(unscaled.cells) } }),
  };
}

function partOf(
  resource: Resource,
  { model, served }: Pool,
): { readonly standing: StandingUnits; readonly around: Failure } | Failure {
  if (resource.type === 'AWS::ECS::Service') return serviceTasks(resource, model, served);
  const standing = groupStanding(resource, model, served);
  return 'kind' in standing ? standing : { standing, around: spotFails(resource, model) };
}
