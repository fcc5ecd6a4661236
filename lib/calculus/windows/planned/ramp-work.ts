import { formatSeconds } from '../../time-span';
import { type BegunResource, lengthOf } from './lengths';
import { PlannedKind, type PlannedWork } from './planned-work';

/**
 * Traffic that is moved bit by bit at each deployment. When there is one no template says.
 *
 * @internal
 */
export function ramp(resource: BegunResource): readonly PlannedWork[] {
  const length = lengthOf([resource]);
  if (!length || length.seconds === 0) return [];
  const words = `${length.atLeast ? 'at least ' : ''}${formatSeconds(length.seconds)}`;
  return [
    {
      kind: PlannedKind.DEPLOYMENT,
      what: `moves traffic for ${words} at each deployment`,
      times: { unknown: 'whoever deploys sees to it that it is over before what it must not meet' },
    },
  ];
}
