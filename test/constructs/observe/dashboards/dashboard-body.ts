import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { evaluateMath, type MathValue } from '../../../../lib/calculus/alarms/metric-math';
import { parseMetricMath } from '../../../../lib/calculus/alarms/metric-math-syntax';
import { NotKnown } from '../../../../lib/calculus/alarms/metric-samples';

/** A widget, as far as the tests read it. */
export interface ShownWidget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly start?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly alarms?: readonly string[];
    readonly annotations?: { readonly horizontal?: readonly unknown[]; readonly alarms?: readonly string[] };
    readonly legend?: { readonly position: string };
    readonly singleValueFullPrecision?: boolean;
    readonly setPeriodToTimeRange?: boolean;
    readonly view?: string;
  };
}

/** The dashboard of the stack that a construct is in. What is known at deployment only reads `?`. */
export function dashboardIn(construct: IConstruct): {
  readonly name: unknown;
  readonly periodOverride: string;
  readonly widgets: readonly ShownWidget[];
} {
  const [resource] = Object.values(
    Template.fromStack(Stack.of(construct)).findResources('AWS::CloudWatch::Dashboard'),
  );
  const { DashboardName, DashboardBody } = resource?.Properties ?? {};
  const parts = typeof DashboardBody === 'string' ? [DashboardBody] : DashboardBody['Fn::Join'][1];
  const text = parts.map((part: unknown) => (typeof part === 'string' ? part : '?')).join('');
  return { name: DashboardName, ...JSON.parse(text) };
}

/** The texts of a dashboard. */
export function textsOf(widgets: readonly ShownWidget[]): string {
  return widgets.map(({ properties: { markdown = '' } }) => markdown).join('\n');
}

interface Drawn {
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
}

/** What a widget shows, by label, where each metric has one value in all: a running sum is then the value itself. */
export function valuesOf(
  { properties: { metrics = [] } }: ShownWidget,
  measured: Readonly<Record<string, number>>,
): Readonly<Record<string, unknown>> {
  const drawn = metrics.map((line) => line.at(-1) as Drawn);
  const read = (id: string): MathValue => {
    const { expression } = drawn.find((each) => each.id === id) ?? {};
    const value = measured[id];
    return expression === undefined ? [value] : evaluated(expression);
  };
  const evaluated = (expression: string): MathValue => {
    const parsed = parseMetricMath(expression.replaceAll('RUNNING_SUM', ''));
    if (parsed instanceof NotKnown) throw new Error(expression);
    return evaluateMath(parsed, { named: read, metrics: () => [], length: 1, period: 3_600, starts: [0] });
  };
  return Object.fromEntries(
    drawn.flatMap(({ id, label = '', expression }) =>
      id === undefined && expression !== undefined ? [[label, evaluated(expression)]] : [],
    ),
  );
}
