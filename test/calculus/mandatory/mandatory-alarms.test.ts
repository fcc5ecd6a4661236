import { MANDATORY_ALARMS } from '../../../lib/calculus/mandatory/mandatory-alarms';
import { MANDATORY_METRICS } from '../../../lib/calculus/mandatory-metrics';

const SHAPES = Object.entries(MANDATORY_ALARMS).flatMap(([type, shapes]) =>
  shapes.map((shape) => ({ type, shape })),
);

test('each mandatory metric of each type has one alarm', () => {
  for (const [type, entries] of Object.entries(MANDATORY_METRICS)) {
    const shapes = MANDATORY_ALARMS[type] ?? [];
    const answering = entries.map(
      ({ anyOf }) => shapes.filter(({ metrics }) => metrics.every((metric) => anyOf.includes(metric))).length,
    );
    expect([type, answering]).toEqual([type, entries.map(() => 1)]);
    expect(shapes).toHaveLength(entries.length);
  }
  expect(Object.keys(MANDATORY_ALARMS).sort()).toEqual(Object.keys(MANDATORY_METRICS).sort());
});

test('every number has a source, or says that it is ours', () => {
  for (const { shape } of SHAPES) expect(shape.source).toMatch(/^(https:\/\/docs\.aws|own decision)/);
});

test('whole minutes are looked at, for a day at most', () => {
  for (const { shape } of SHAPES) {
    expect(shape.periodSeconds % 60).toBe(0);
    expect(shape.periodSeconds * shape.periods).toBeLessThanOrEqual(86_400);
  }
});

test('silence is good where nothing is reported while nothing happens, and for counts only', () => {
  const lower = SHAPES.filter(({ shape }) => shape.bad === 'less than' && shape.silence === 'notBreaching');
  // What a full disk or memory is measured on is watched by other alarms when it is gone.
  expect(lower.map(({ shape }) => shape.metrics[0])).toEqual([
    'FreeableMemory',
    'FreeStorageSpace',
    'FreeStorageSpace',
  ]);
});
