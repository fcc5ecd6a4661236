import { readDeployedDashboards } from '../../lib/records/deployed-dashboard';
import { Scratch } from '../support/scratch';

describe('dashboards that are deployed', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  test('are known by their names', () => {
    const files = ['one', 'two'].map((name) =>
      scratch.write(`${name}.json`, { DashboardName: name, DashboardBody: `{"widgets":["${name}"]}` }),
    );
    expect([...readDeployedDashboards(files)]).toEqual([
      ['one', { widgets: ['one'] }],
      ['two', { widgets: ['two'] }],
    ]);
  });

  test.each([
    ['no name', { DashboardBody: '{}' }, 'it holds no DashboardName or no DashboardBody'],
    ['a body that is no text', { DashboardName: 'a', DashboardBody: {} }, 'it holds no DashboardName'],
    ['a body that is no JSON', { DashboardName: 'a', DashboardBody: 'x' }, 'DashboardBody'],
    ['no object', [], 'it holds no DashboardName'],
  ])('are refused with %s', (_, content, problem) => {
    const file = scratch.write('wrong.json', content);
    expect(() => readDeployedDashboards([file])).toThrow(problem);
  });
});
