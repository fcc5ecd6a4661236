import type { Graph } from '../../assembly/graph';
import { type DeployedBodies, type FigureLine, figureLines } from '../../audit/dashboards/figure-lines';
import type { ServiceIndex } from '../../audit/services';
import { digest } from '../digest';

/** A number that CloudWatch measures of a service, as a call of `get-metric-data` names it. */
export interface MeasuredFigure extends Pick<FigureLine, 'service' | 'part' | 'of' | 'widget' | 'line'> {
  /** The same for the same number of the same service, whatever is deployed. */
  readonly id: string;

  /** The stage of the dashboard that shows it. @default - none */
  readonly stage?: string;

  /** Where it is measured. @default - only deploy knows it */
  readonly region?: string;

  /** The account of the dashboard. @default - only deploy knows it */
  readonly account?: string;
}

/** What the dashboards of an app show as measured, each number once, and what is not known of whom it is. */
export function measuredFigures(
  graph: Graph,
  services: ServiceIndex,
  deployed?: DeployedBodies,
): { readonly figures: readonly MeasuredFigure[]; readonly leftOut: readonly LeftOut[] } {
  const { lines, leftOut } = figureLines(graph, services, deployed);
  const byId = new Map<string, MeasuredFigure>();
  for (const line of lines) {
    const figure = measuredFigure(line);
    if (!byId.has(figure.id)) byId.set(figure.id, figure);
  }
  return { figures: [...byId.values()], leftOut };
}

/** What cannot be asked for, and why. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

function measuredFigure(found: FigureLine): MeasuredFigure {
  const { service, part, of, dashboard, widget, line } = found;
  const { stage, account } = dashboard.stack;
  const { region = found.region } = line;
  // What deploy adds is not in it: the report reads the template alone.
  const name = digest(JSON.stringify([stage, account, found.region, service, part, of])).slice(0, 8);
  return {
    // Letters, digits and underscores are taken, a small letter first.
    id: `${part}_${service.replace(/\W/g, '_').slice(0, 64)}_${name}`,
    service,
    part,
    widget,
    line,
    ...(of !== undefined && { of }),
    ...(stage !== undefined && { stage }),
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
  };
}
