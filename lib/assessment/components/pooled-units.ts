import type { Resource } from '../../assembly/resource';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { groupStanding, spotFails } from './compute';
import { serviceTasks } from './containers';
import { outgoingFail } from './outgoing';
import { neededOf, type Share, type StandingUnits, shareOf } from './units/spread-units';
import { tooFewLeft } from './units/vote';

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
    const share = shareIn(resource, { model, served });
    if (share === undefined) return undefined;
    shares.push([resource, share]);
  }
  const declared = shares.filter(([, { peak }]) => peak !== undefined);
  const needed = declared.reduce((sum, [resource, share]) => sum + neededOf(resource, share, model), 0);
  for (const [resource, { peak }] of shares)
    if (!peak)
      model.assume(`${nameOf(resource)} carries a part of the peak that others declare beside it`, resource);
  const cells = shares.flatMap(([, share]) => share.cells);
  return anyOf(
    tooFewLeft(cells, needed, model),
    ...shares.map(([, { late }]) => late),
    // It adds nothing, but tells who is behind it.
    allOf(...all.map((resource) => model.of(resource))),
  );
}

/** The units of one of them; each is lost with whatever takes all of them away. */
function shareIn(resource: Resource, { model, served }: Pool): Share | undefined {
  const part = partOf(resource, { model, served });
  if ('kind' in part) return undefined;
  const share = shareOf(resource, part.standing, model);
  if ('kind' in share) return undefined;
  const whole = anyOf(part.around, outgoingFail(resource, model), model.region(resource));
  return { ...share, cells: share.cells.map((cell) => ({ ...cell, around: anyOf(cell.around, whole) })) };
}

function partOf(
  resource: Resource,
  { model, served }: Pool,
): { readonly standing: StandingUnits; readonly around: Failure } | Failure {
  if (resource.type === 'AWS::ECS::Service') return serviceTasks(resource, model, served);
  const standing = groupStanding(resource, model, served);
  return 'kind' in standing ? standing : { standing, around: spotFails(resource, model) };
}
