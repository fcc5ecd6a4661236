import { parseMeasured, readMeasured } from '../../lib/records/measured-data';
import { Scratch } from '../support/scratch';

const result = (times: readonly string[], values: readonly number[], more: object = {}) => ({
  Id: 'attained_shop_1',
  Timestamps: times,
  Values: values,
  StatusCode: 'Complete',
  ...more,
});

const [OLD, NEW] = ['2026-11-22T09:00:00Z', '2026-11-23T10:00:00+01:00'];

function read(...results: readonly object[]) {
  return parseMeasured(JSON.stringify({ MetricDataResults: results }), 'measured.json');
}

describe('what CloudWatch measured', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  test('is joined from the pages of a file, the newest first', () => {
    const pages = [result([OLD], [1], { StatusCode: 'PartialData' }), result([NEW], [2])];
    expect(read(...pages)).toEqual([
      {
        id: 'attained_shop_1',
        points: [
          { at: new Date(NEW), value: 2 },
          { at: new Date(OLD), value: 1 },
        ],
      },
    ]);
  });

  test('is not all where CloudWatch does not say so at the end', () => {
    const [all] = read(result([NEW], [2]), result([OLD], [1], { StatusCode: 'InternalError' }));
    expect(all?.incomplete).toBe('InternalError');
    expect(read(result([NEW], [2], { StatusCode: 7 }))[0]?.incomplete).toBe('no StatusCode that is known');
  });

  test('is that of the file that tells of it last and whole, in whatever order they are named', () => {
    const file = (name: string, ...results: object[]) => scratch.write(name, { MetricDataResults: results });
    const older = file('older.json', result([OLD], [1]));
    const newer = file('newer.json', result([NEW], [2]));
    const broken = file('broken.json', result(['2026-11-24T00:00:00Z'], [3], { StatusCode: 'Forbidden' }));
    const empty = file('empty.json', result([], []));
    for (const files of [
      [older, newer, broken, empty],
      [empty, broken, newer, older],
      [newer, newer],
    ])
      expect(readMeasured(files)).toEqual([
        { id: 'attained_shop_1', points: [{ at: new Date(NEW), value: 2 }] },
      ]);
  });

  test('is refused with a time that no calendar has', () => {
    expect(() => read(result(['99999999999999999'], [1]))).toThrow(
      'measured.json: MetricDataResults.0.Timestamps.0 is no time with its zone',
    );
  });
});
