import type { ServiceAssessment } from '../../lib/assessment/assessment';
import { bestRemedy, remediesOf } from '../../lib/assessment/remedies';
import { assessed } from '../support/assess';
import { balancer, network, REGISTERED, tasks } from '../support/designs';
import type { TestTemplate } from '../support/graph';

const [ZONE, REGION, SOFTWARE] = [1e-4, 1e-5, 1e-5];

const app = (resources: TestTemplate['Resources'], region = 'eu-west-1') =>
  assessed({ stacks: { west: { region, template: { Resources: resources } } } });

const SINGLE = {
  Type: 'AWS::RDS::DBInstance',
  Properties: { Engine: 'postgres', AvailabilityZone: 'eu-west-1a', DBInstanceClass: 'db.m6g.large' },
};

const remedyOf = ({ availability }: ServiceAssessment, id: string) =>
  remediesOf(availability).find(({ share }) => share.event.id === id);

/** Down with any of these. */
const any = (...parts: readonly number[]) => 1 - parts.reduce((up, part) => up * (1 - part), 1);

describe('what mending a single point of failure comes to', () => {
  const database = app({ Db: SINGLE });
  const own = database.availability.shares.find(({ event }) => event.id === 'resource:west/Db')?.event
    .likelihood.unavailability as number;

  it('is solved again with a copy of a resource in another zone', () => {
    const remedy = remedyOf(database, 'resource:west/Db');
    const one = any(own, ZONE);
    expect(remedy?.before).toBeCloseTo(database.availability.unavailability, 15);
    expect(remedy?.after).toBeCloseTo(any(one * one, REGION, SOFTWARE), 12);
    expect(remedy?.how).toMatch(/second one beside it/);
  });

  it('leaves what both need: the copy of a load balancer stands before the same tasks', () => {
    const web = app({
      ...network(['eu-west-1a', 'eu-west-1b']),
      ...balancer('AB'),
      ...tasks(1, 'A', REGISTERED),
    });
    const { before, after } = remedyOf(web, 'resource:west/Front') ?? { before: 0, after: 0 };
    const task = web.availability.shares.find(({ event }) => event.id === 'resource:west/Tasks#task 1');
    expect(after).toBeLessThan(before);
    expect(task?.event.likelihood.unavailability).toBeGreaterThan(1e-4);
    expect(after).toBeGreaterThan(task?.event.likelihood.unavailability ?? 1);
  });

  it.each([
    ['zone:eu-west-1a', ZONE * ZONE, false],
    ['region:eu-west-1', REGION * any(REGION, 0.01), false],
    ['software:app', 0, true],
  ])('of %s puts what is left in its place', (id, left, atBest) => {
    const remedy = remedyOf(database, id);
    const q = {
      'resource:west/Db': own,
      'zone:eu-west-1a': ZONE,
      'region:eu-west-1': REGION,
      'software:app': SOFTWARE,
    };
    expect(remedy?.after).toBeCloseTo(any(...Object.values({ ...q, [id]: left })), 13);
    expect(remedy?.atBest).toBe(atBest);
  });

  it('is best where least is left', () => {
    const remedies = remediesOf(database.availability);
    expect(remedies).toHaveLength(4);
    expect(bestRemedy(remedies)?.share.event.id).toBe('resource:west/Db');
    expect(bestRemedy([])).toBeUndefined();
  });

  it('never makes it worse', () => {
    for (const { before, after } of remediesOf(database.availability))
      expect(after).toBeLessThanOrEqual(before);
  });
});
