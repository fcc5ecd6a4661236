import { type DeployedBodies, figureLines } from '../../../lib/audit/dashboards/figure-lines';
import { resolveServices } from '../../../lib/audit/services';
import { catalogueService } from '../../../lib/objectives/catalogue';
import { MeasuredPart, objectiveTitle } from '../../../lib/objectives/measured-figures';
import { Service } from '../../../lib/objectives/service';
import { graphOf } from '../../support/graph';

const LEVEL = {
  name: 'availability',
  kind: 'availability',
  objective: '0.9995',
  windowSeconds: 2_592_000,
  good: 'served',
  total: 'all',
  bad: 'failed',
  leastBad: 1,
  engine: 'metric-math',
  alarms: [],
};
const TITLE = objectiveTitle({ name: LEVEL.name, objective: 0.9995, windowSeconds: LEVEL.windowSeconds });

/** What the stack of a service says of it: one objective. */
function catalogueOf(name: string): object {
  const service = catalogueService(new Service({ name, tier: 1, owner: `team-${name}` }), {
    serviceLevels: [LEVEL as never],
  });
  return { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services: [service] } };
}

function board(widgets: readonly object[], name: unknown): object {
  const text = JSON.stringify({ widgets });
  return { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: name, DashboardBody: text } };
}

function widget(title: string, ...metrics: readonly (readonly unknown[])[]): object {
  return { type: 'metric', properties: { title, start: '-P30D', metrics } };
}

const ATTAINED = [{ expression: 'FLOOR(m1)', label: 'Attained, %' }];

interface Built {
  readonly services?: readonly string[];
  readonly widgets: readonly object[];
  readonly deployed?: DeployedBodies;
  readonly name?: unknown;
}

/** The dashboard stands in a stack of its own. */
function linesOf({ services = ['shop'], widgets, deployed, name = 'board' }: Built) {
  const graph = graphOf({
    stacks: {
      Boards: { region: 'eu-west-1', template: { Resources: { Board: board(widgets, name) } } },
      ...Object.fromEntries(
        services.map((name) => [
          `Of${name}`,
          {
            region: 'eu-west-1',
            template: { Metadata: catalogueOf(name), Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
          },
        ]),
      ),
    },
  });
  const { lines, leftOut } = figureLines(graph, resolveServices(graph), deployed);
  return { told: lines.map(({ service, part, of }) => ({ service, part, of })), lines, leftOut };
}

describe('the figures on the dashboards of an app', () => {
  test('are of the service whose objective a widget names', () => {
    const { told, leftOut, lines } = linesOf({
      widgets: [widget(TITLE, ATTAINED, [{ expression: 'x', label: 'Error budget left, %' }])],
    });
    expect(told).toEqual([
      { service: 'shop', part: MeasuredPart.ATTAINED, of: TITLE },
      { service: 'shop', part: MeasuredPart.BUDGET_LEFT, of: TITLE },
    ]);
    expect(leftOut).toEqual([]);
    expect(lines[0]).toMatchObject({ widget: { seconds: 2_592_000 }, line: { region: 'eu-west-1' } });
  });

  test('are of nobody where two services have an objective of one name, or none has it', () => {
    const both = linesOf({ services: ['shop', 'mail'], widgets: [widget(TITLE, ATTAINED)] });
    expect(both.told).toEqual([]);
    expect(both.leftOut).toEqual([
      { name: `Boards/Board: ${TITLE}`, reason: 'shop and mail have objectives of this name' },
    ]);
    const none = linesOf({ widgets: [widget('other: 99 % owed over 30 d', ATTAINED)] });
    expect(none.leftOut.map(({ reason }) => reason)).toEqual(['no declared service has this objective']);
  });

  test('are not what other widgets show, or what no widget is', () => {
    const { told, leftOut } = linesOf({
      widgets: [
        widget('Traffic', ATTAINED, ['AWS/SQS', 'Sent', 'QueueName', 'orders']),
        widget('Others', ['Nines/Incidents', 'TimeToResolve', 'Service', 'shop', { stat: 'Average' }]),
        { type: 'text', properties: { markdown: TITLE } },
        { type: 'metric' },
        'no widget' as never,
      ],
    });
    expect({ told, leftOut }).toEqual({ told: [], leftOut: [] });
  });

  test('are the times to recover of a service, and plans of restore tests that one has', () => {
    const { told, leftOut } = linesOf({
      widgets: [
        widget('Time', ['Nines/Incidents', 'TimeToResolve', 'Service', 'mail', { stat: 'p90' }]),
        widget('Drills', ['Nines/RestoreTesting', 'Overdue', 'Plan', 'of-nobody', { stat: 'Maximum' }]),
      ],
    });
    expect(told).toEqual([{ service: 'mail', part: MeasuredPart.RECOVERY_P90 }]);
    expect(leftOut.map(({ reason }) => reason)).toEqual([
      'no declared service has this plan of restore tests',
    ]);
  });

  test('are read as they are deployed where the deployed dashboard has the same widget', () => {
    const read = (title: string) => {
      const live = { widgets: [widget(title, [{ expression: 'LIVE', label: 'Attained, %' }])] };
      const deployed = new Map([['board', live as never]]);
      return linesOf({ widgets: [widget(TITLE, ATTAINED)], deployed }).lines[0]?.line.expression;
    };
    expect(read(TITLE)).toBe('LIVE');
    expect(read('another')).toBe('FLOOR(m1)');
  });

  test('are read as they are deployed under a name that CloudFormation made, where one file alone looks so', () => {
    const live = { widgets: [widget(TITLE, [{ expression: 'LIVE', label: 'Attained, %' }])] } as never;
    const read = (...names: readonly string[]) => {
      const deployed = new Map(names.map((name) => [name, live]));
      return linesOf({ widgets: [widget(TITLE, ATTAINED)], deployed, name: { Ref: 'Name' } }).lines[0]?.line;
    };
    expect(read('board-1A2B')?.expression).toBe('LIVE');
    expect(read('board-1A2B', 'board-3C4D')?.expression).toBe('FLOOR(m1)');
  });
});
