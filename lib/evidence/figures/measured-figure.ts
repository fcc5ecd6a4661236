import type { Graph } from '../../assembly/graph';
import { encloses } from '../../assessment/stages';
import { type DeployedBodies, type FigureLine, figureLines } from '../../audit/dashboards/figure-lines';
import { type ServiceLevel, serviceLevelsOf } from '../../audit/service-levels';
import type { ServiceIndex } from '../../audit/services';
import { objectiveTitle } from '../../objectives/measured-figures';
import { digest } from '../digest';
import { groupBy } from '../group-by';

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
  const levels = serviceLevelsOf(graph);
  const alike = groupBy(lines, (line) => measuredFigure(line).id);
  const shown = [...alike.values()].flatMap(([line]) =>
    line ? [{ figure: measuredFigure(line), isOne: namesakes(line, levels).length <= 1 }] : [],
  );
  const several = shown.flatMap(({ figure, isOne }) => (isOne ? [] : [figure]));
  return {
    figures: shown.flatMap(({ figure, isOne }) => (isOne ? [figure] : [])),
    leftOut: [...leftOut, ...several.map((figure) => ({ name: nameOf(figure), reason: SEVERAL }))],
  };
}

const SEVERAL = 'several objectives are called so, and which one is meant is not known: give each a name';

/** The objectives that the widget of a line may be of, in the stack of the dashboard before all others. */
function namesakes(
  { service: name, of, region, dashboard: { stack } }: FigureLine,
  levels: readonly ServiceLevel[],
): readonly ServiceLevel[] {
  const named = levels.filter(
    ({ service, level: { name: called, objective, windowSeconds }, stack: other }) =>
      service.name === name &&
      objectiveTitle({ name: called, objective: Number(objective), windowSeconds }) === of &&
      (encloses(stack.stage, other.stage) || encloses(other.stage, stack.stage)) &&
      (region === undefined || other.region === undefined || region === other.region),
  );
  const near = named.filter((level) => level.stack === stack);
  return near.length > 0 ? near : named;
}

/** What a figure is called where it is told of. */
export function nameOf({ service, part, of, region }: Omit<MeasuredFigure, 'widget' | 'line'>): string {
  return [`${part} of ${service}`, of, region].filter((each) => each !== undefined).join(', ');
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
