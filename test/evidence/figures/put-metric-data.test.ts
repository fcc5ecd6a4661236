import type { AssessedService } from '../../../lib/assessment/assessed-service';
import type { ServiceAssessment } from '../../../lib/assessment/assessment';
import { putFigures } from '../../../lib/evidence/figures/put-metric-data';
import { FigureMetric, METRIC_WORDS, METRICS_OF_FIGURE } from '../../../lib/objectives/figure-metrics';
import { assessedApp, ONE_REGION } from '../assessed-app';
import { evidence } from '../fixtures';

const [first] = assessedApp(ONE_REGION).assessment.services;

function serviceWith(more: Partial<AssessedService>): ServiceAssessment {
  if (!first) throw new Error('no service');
  return { ...first, service: { ...first.service, name: 'shop', declared: true, ...more } };
}

const BY = { audit: evidence([]) };

function putOf(...services: readonly ServiceAssessment[]) {
  const { text, leftOut } = putFigures(services, BY);
  return { data: JSON.parse(text).MetricData as { MetricName: string; Value: number }[], leftOut, text };
}

describe('the figures of services for CloudWatch', () => {
  test('have a metric for each number of each figure, once', () => {
    const metrics = Object.values(METRICS_OF_FIGURE).flat();
    expect([...metrics].sort()).toEqual(Object.values(FigureMetric).sort());
    expect(Object.keys(METRIC_WORDS).sort()).toEqual(Object.values(FigureMetric).sort());
  });

  test('have no time of their own, and their unit', () => {
    const { data, text } = putOf(serviceWith({}));
    expect(JSON.parse(text).Namespace).toBe('Nines/Figures');
    expect(data[0]).toEqual({
      MetricName: 'AvailabilityAtBest',
      Dimensions: [{ Name: 'Service', Value: 'shop' }],
      Value: expect.any(Number),
      Unit: 'Percent',
    });
  });

  test('leave out a number without end, services that nobody declared, and names that CloudWatch refuses', () => {
    const { data, leftOut } = putOf(
      serviceWith({ slo: 1 }),
      serviceWith({ name: 'app', declared: false }),
      serviceWith({ name: 'k\u00fcche' }),
    );
    expect(leftOut).toContainEqual({ name: 'ErrorBudgetLeftAtBest of shop', reason: 'it has no end' });
    expect(leftOut).toContainEqual({ name: 'app', reason: 'nobody declared it as a service' });
    expect(leftOut).toContainEqual({
      name: 'k\u00fcche',
      reason: 'CloudWatch takes no such name for a dimension',
    });
    expect(data.every(({ Value }) => Number.isFinite(Value))).toBe(true);
    expect(data.map(({ MetricName }) => MetricName)).not.toContain('ErrorBudgetLeftAtBest');
  });

  test('are refused where a call does not take so many', () => {
    const many = Array.from({ length: 300 }, (_, index) => serviceWith({ name: `shop-${index}` }));
    expect(() => putOf(...many)).toThrow(
      /300 services have 1500 data in \d+ bytes, and put-metric-data takes 1000 in 1000000 bytes/,
    );
  });
});
