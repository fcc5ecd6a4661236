import type { Disruption } from '../../objectives/disruption';
import { AT_ONCE, inSequence, type Path } from './path';
import type { Structure } from './walk';

/** More places than this no app has. */
const MOST_PLACES = 40;

/**
 * Why nothing is known of how a service comes back, where a way back takes no time: that nothing is seen is not the same
 * as that nothing must come back. Undefined where the way is known, or where it is known that nothing has to come back.
 */
export function nothingSeen(
  disruption: Disruption,
  path: Path,
  { structure, keepsData }: { readonly structure: Structure; readonly keepsData: () => boolean },
): string | undefined {
  if (path.worstSeconds > 0) return undefined;
  if (structure.nodes.length === 0) return 'nothing was found that serves';
  if (isLoss(disruption) && structure.isDown) return 'it serves nobody, whatever is lost';
  switch (disruption) {
    case 'rollback':
      return 'nothing is seen that runs code, and could be taken back';
    case 'dataRepair':
      // Data that can be made again, and messages on their way, need no repair.
      return keepsData() ? undefined : 'nothing is seen that keeps data, and could be repaired';
    case 'region':
      return stoppedBy('region', structure, 'nothing is seen that stands in a region');
    case 'instance':
      return stopsWithPlace('zone', structure)
        ? 'nothing in the app replaces an instance of what stands in one zone only'
        : undefined;
    default:
      return stoppedBy('zone', structure);
  }
}

/** What is said to stop a service, and to come back in no time, has a way back that is not seen. */
function stoppedBy(kind: 'region' | 'zone', structure: Structure, withoutAny?: string): string | undefined {
  if (!structure.events.some((event) => event.kind === kind)) return withoutAny;
  return stopsWithPlace(kind, structure)
    ? `nothing in the app brings back what stands in the ${kind}, or leads its users to what is left`
    : undefined;
}

function stopsWithPlace(kind: 'region' | 'zone', structure: Structure): boolean {
  const places = structure.events.filter((event) => event.kind === kind).slice(0, MOST_PLACES);
  return places.some(({ id }) => fallsWith(structure, id));
}

function isLoss(disruption: Disruption): boolean {
  return disruption !== 'rollback' && disruption !== 'dataRepair';
}

/** Whether an event stops the service by itself. */
function fallsWith(structure: Structure, event: string): boolean {
  const down = inSequence({ what: event, typicalSeconds: 1, worstSeconds: 1, source: 'assumed' });
  const path = structure.wayBackFrom({ event: ({ id }) => (id === event ? down : AT_ONCE) });
  return path.worstSeconds > 0;
}
