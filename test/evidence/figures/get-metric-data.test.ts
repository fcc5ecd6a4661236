import type { WidgetLine } from '../../../lib/audit/dashboards/widget-lines';
import { metricQueries } from '../../../lib/evidence/figures/get-metric-data';
import type { MeasuredFigure } from '../../../lib/evidence/figures/measured-figure';
import { MeasuredPart } from '../../../lib/objectives/measured-figures';

const AT = new Date('2026-11-23T09:20:00Z');

const METRIC: WidgetLine = {
  id: 'orders',
  label: 'Orders',
  metric: ['Shop', 'Orders'],
  statistic: 'Sum',
  period: 3_600,
  region: 'eu-west-1',
};

function figure(id: string, more: Partial<MeasuredFigure> = {}): MeasuredFigure {
  const line: WidgetLine = {
    ...METRIC,
    id: 'm',
    label: 'Attained, %',
    expression: 'FLOOR(orders)',
    metric: [],
  };
  return {
    id,
    service: 'shop',
    part: MeasuredPart.ATTAINED,
    region: 'eu-west-1',
    line,
    widget: { title: id, seconds: 86_400 * 30, isWhole: false, lines: [line, METRIC] },
    ...more,
  };
}

describe('queries for CloudWatch', () => {
  test('end with the hour, and begin so long before as the widget looks back', () => {
    const { calls } = metricQueries([figure('a')], AT);
    expect(calls.map(({ name }) => name)).toEqual(['eu-west-1-30d']);
    expect(JSON.parse(calls[0]?.text ?? '')).toMatchObject({
      StartTime: '2026-10-24T10:00:00.000Z',
      EndTime: '2026-11-23T10:00:00.000Z',
    });
  });

  test('are five hundred in a call at most, each figure with what it is made of', () => {
    const { calls } = metricQueries(
      Array.from({ length: 300 }, (_, index) => figure(`a${index}`)),
      AT,
    );
    expect(calls.map(({ name }) => name)).toEqual(['eu-west-1-30d-1', 'eu-west-1-30d-2']);
    for (const { text } of calls) {
      const { MetricDataQueries: queries } = JSON.parse(text) as {
        MetricDataQueries: readonly { Id: string; Expression?: string }[];
      };
      const ids = queries.map(({ Id }) => Id);
      expect(ids.length).toBeLessThanOrEqual(500);
      for (const { Expression } of queries)
        if (Expression !== undefined) expect(ids).toContain(Expression.replace(/^FLOOR\((.*)\)$/, '$1'));
    }
  });

  test('that leave their time open go with the shortest of their region', () => {
    const { line, widget } = figure('b');
    const { seconds: _, ...open } = widget;
    const last = figure('b', { widget: open, line });
    expect(metricQueries([figure('a'), last], AT).calls).toHaveLength(1);
    expect(metricQueries([last], AT).calls.map(({ name }) => name)).toEqual(['eu-west-1-3d']);
  });

  test('say of which account their metrics are, and read all of the time at once where the widget does', () => {
    const line = { ...METRIC, account: '111122223333' };
    const widget = { title: 'Time', seconds: 7_776_000, isWhole: true, lines: [line] };
    const { calls } = metricQueries([figure('median_shop', { line, widget })], AT);
    expect(JSON.parse(calls[0]?.text ?? '').MetricDataQueries).toEqual([
      {
        Id: 'median_shop',
        Label: 'Orders',
        AccountId: '111122223333',
        MetricStat: {
          Metric: { Namespace: 'Shop', MetricName: 'Orders', Dimensions: [] },
          Period: 7_776_000,
          Stat: 'Sum',
        },
        ReturnData: true,
      },
    ]);
  });
});
