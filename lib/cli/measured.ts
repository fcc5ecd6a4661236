import { printable } from '../assembly/source/printable';
import { resolveServices } from '../audit/services';
import { type MeasuredFigure, measuredFigures } from '../evidence/figures/measured-figure';
import { type MeasuredValue, measuredValues } from '../evidence/figures/measured-values';
import { readDeployedDashboards } from '../records/deployed-dashboard';
import { readMeasured } from '../records/measured-data';
import type { Gathered } from './gathered';
import type { World } from './terminal';

/** So many ids that nobody knows are named. */
const MOST_NAMED = 20;

/** The apps, and what is configured of them. */
type Apps = Pick<Gathered, 'graphs' | 'config'>;

/** What the dashboards of apps show as measured; what is not known of whom it is is told. */
export function figuresOf(
  { graphs, config }: Apps,
  deployed: readonly string[],
  world: World,
): readonly MeasuredFigure[] {
  const bodies = readDeployedDashboards(deployed);
  const found = graphs.map((graph) =>
    measuredFigures(graph, resolveServices(graph, { ...(config && { config }) }), bodies),
  );
  for (const { name, reason } of found.flatMap(({ leftOut }) => leftOut))
    world.err(`nines: left out ${printable(name)}: ${printable(reason)}\n`);
  return found.flatMap(({ figures }) => figures);
}

/** What files of `get-metric-data` say of them; ids that no figure has are named. */
export function measuredIn(apps: Apps, files: readonly string[], world: World): readonly MeasuredValue[] {
  const { values, unknown } = measuredValues(figuresOf(apps, [], world), readMeasured(files));
  for (const id of unknown.slice(0, MOST_NAMED))
    world.err(`nines: left out ${printable(id)}: no dashboard of the app shows a figure with this id\n`);
  if (unknown.length > MOST_NAMED) world.err(`nines: and ${unknown.length - MOST_NAMED} more ids\n`);
  return values;
}
