import type { TopologyEdge } from '../../assessment/topology';
import type { Box, Line, Panel } from './picture';

/** Where lines run. */
export interface Routes {
  panelOf(box: Box): Panel;

  /** Where the lines of a box run down inside its panel. */
  inside(source: Box): number;

  /** Where the lines of a box run down at the left of a panel. */
  beside(panel: Panel, source: Box): number;

  /** Where the lines of a box run from panel to panel. @default - straight down: the panels stand below each other */
  track(source: Box): number | undefined;
}

/** The lines of all edges whose ends are drawn. */
export function linesOf(
  edges: readonly TopologyEdge[],
  boxes: ReadonlyMap<string, Box>,
  routes: Routes,
): readonly Line[] {
  return edges.flatMap(({ from, to, leaning }) => {
    const [source, target] = [boxes.get(from ?? ''), boxes.get(to)];
    return source && target ? [{ leaning, ...lineOf(source, target, routes) }] : [];
  });
}

function lineOf(source: Box, target: Box, routes: Routes): Pick<Line, 'path' | 'tip'> {
  const [home, there] = [routes.panelOf(source), routes.panelOf(target)];
  const start = leaving(source, home);
  const { end, tip } = arriving(target, there);
  if (home === there) return { path: `M${start} H${routes.inside(source)} ${end}`, tip };
  const track = routes.track(source);
  const over = track === undefined ? '' : ` H${routes.beside(home, source)} V${track}`;
  return { path: `M${start}${over} H${routes.beside(there, source)} ${end}`, tip };
}

/** A box is left at its lower left; one that others stand before, at its foot. */
function leaving(box: Box, panel: Panel): string {
  const { x, y, height } = box;
  const foot = y + height;
  return isFirst(box, panel) ? `${x} ${foot - 9}` : `${x + 14} ${foot} V${foot + 5}`;
}

function arriving(box: Box, panel: Panel): { readonly end: string; readonly tip: Line['tip'] } {
  const { x, y } = box;
  if (isFirst(box, panel)) return { end: `V${y + 12} H${x - 5}`, tip: { x, y: y + 12, down: false } };
  return { end: `V${y - 8} H${x + 14} V${y - 5}`, tip: { x: x + 14, y, down: true } };
}

/** Whether nothing stands between a box and the lines of its panel. */
function isFirst({ x }: Box, { zones: [first] }: Panel): boolean {
  return first === undefined || x < first.x + first.width;
}
