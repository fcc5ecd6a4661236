import { judgeVersion, versionOf } from '../../lib/audit/version-support';
import { graphOf } from '../support/graph';

function judged(Runtime: string, today?: Date, noticeDays?: number) {
  const graph = graphOf({ Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Runtime } } } });
  const [lambda] = graph.resources;
  if (!lambda) throw new Error('no function');
  return judgeVersion(versionOf(lambda), { today, ...(noticeDays !== undefined && { noticeDays }) });
}

describe('without a day to judge by', () => {
  it('what was over when the table was read is over', () => {
    expect(judged('python3.8')).toEqual({
      outcome: 'fail',
      property: 'Runtime',
      found: 'python3.8, in standard support until 2024-10-14',
      needed: 'a release in standard support',
    });
  });

  it('what ends later is not known', () => {
    expect(judged('python3.13')).toMatchObject({
      outcome: 'unknown',
      reason: 'whether its support is over depends on the day: it ends on 2029-06-30',
    });
  });
});

it('is near its end from so many days before', () => {
  const day = new Date('2029-06-01');
  expect(judged('python3.13', day).outcome).toBe('pass');
  expect(judged('python3.13', day, 29).outcome).toBe('fail');
  expect(judged('python3.13', day, 28).outcome).toBe('pass');
});
