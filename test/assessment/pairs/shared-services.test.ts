import { parseLoss, simulate } from '../../../lib/assessment/simulate';
import { topologyOf } from '../../../lib/assessment/topology';
import { lost } from '../../../lib/assessment/what-if';
import { assessed, eventIds, singlePoints, standingOn } from '../../support/assess';
import { record, ref } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];
type Assessed = ReturnType<typeof assessed>;

const REGION = 1e-5;
const SOFTWARE = 1e-5;
const LAMBDA = 5e-4;
const QUEUES = 1e-3;

const anyOf = (...parts: readonly number[]) => 1 - parts.reduce((all, part) => all * (1 - part), 1);
const beside = (whole: number) => 1 - (1 - whole) / (1 - REGION);
const down = ({ availability }: Assessed) => availability.unavailability;

const many = (count: number, resource: (index: number) => Resources[string], id: string): Resources =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${id}${index}`, resource(index)]));

const inWest = (...parts: readonly Resources[]) =>
  assessed({
    stacks: { west: { region: 'eu-west-1', template: { Resources: Object.assign({}, ...parts) } } },
  });

const handlers = (count: number) =>
  many(count, () => ({ Type: 'AWS::Lambda::Function', Properties: {} }), 'Work');

/** A function that hands its work to so many queues. */
const sender = (count: number) => [
  many(count, () => ({ Type: 'AWS::SQS::Queue', Properties: {} }), 'Queue'),
  {
    Sender: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: ref('Role'),
        Environment: {
          Variables: Object.fromEntries(
            Array.from({ length: count }, (_, index) => [`QUEUE_${index}`, ref(`Queue${index}`)]),
          ),
        },
      },
    },
  },
];

describe('a regional service of AWS', () => {
  it('is down once for twenty functions, and stops them all together', () => {
    const [one, twenty] = [inWest(handlers(1)), inWest(handlers(20))];
    expect(down(one)).toBeCloseTo(anyOf(beside(LAMBDA), REGION, SOFTWARE), 15);
    expect(down(twenty)).toBeCloseTo(down(one), 15);
    expect(eventIds(twenty)).toEqual(['region:eu-west-1', 'service:lambda@eu-west-1', 'software:app']);
    expect(standingOn(twenty, 'service:lambda@eu-west-1')).toHaveLength(20);
  });

  it('is named as AWS names it', () => {
    const { what, likelihood } = inWest(handlers(2)).availability.model.events.get(
      'service:lambda@eu-west-1',
    )!;
    expect(what).toBe('AWS Lambda in eu-west-1');
    expect(likelihood.terms[0]).toMatchObject({ what: 'AWS Lambda, by its agreement', value: LAMBDA });
  });

  it('is down once for five queues, and beside what else fails', () => {
    const [one, five] = [inWest(...sender(1)), inWest(...sender(5))];
    expect(down(one)).toBeCloseTo(anyOf(beside(LAMBDA), beside(QUEUES), REGION, SOFTWARE), 15);
    expect(down(five)).toBeCloseTo(down(one), 15);
  });

  it('counts again in another region', () => {
    const both = assessed({
      stacks: {
        west: { region: 'eu-west-1', template: { Resources: handlers(1) } },
        north: { region: 'eu-north-1', template: { Resources: handlers(1) } },
      },
    });
    expect(down(both)).toBeCloseTo(anyOf(beside(LAMBDA), REGION, beside(LAMBDA), REGION, SOFTWARE), 15);
  });
});

describe('what has servers of its own', () => {
  const database = () => ({
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', MultiAZ: true },
  });

  it('fails by itself: two databases are down more often than one', () => {
    const [one, two] = [inWest(many(1, database, 'Db')), inWest(many(2, database, 'Db'))];
    expect(down(two)).toBeGreaterThan(down(one) * 1.9);
    expect(singlePoints(two)).toEqual(expect.arrayContaining(['resource:west/Db0', 'resource:west/Db1']));
  });
});

describe('two APIs behind one name', () => {
  const api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } };
  const check = {
    Type: 'AWS::Route53::HealthCheck',
    Properties: { HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'a.example.com' } },
  };
  const side = (id: string, failover: string, more: object = {}): Resources => ({
    [id]: api,
    [failover]: record({
      Failover: failover,
      SetIdentifier: id,
      TTL: 60,
      ResourceRecords: [{ 'Fn::Join': ['', [ref(id), '.execute-api.amazonaws.com']] }],
      ...more,
    }),
  });
  const first = { Check: check, ...side('First', 'PRIMARY', { HealthCheckId: ref('Check') }) };
  const second = side('Second', 'SECONDARY');
  const together = inWest(first, second);
  const apart = assessed({
    stacks: {
      west: { region: 'eu-west-1', template: { Resources: first } },
      north: { region: 'eu-north-1', template: { Resources: second } },
    },
  });

  it('are no redundancy against the loss of the service that both stand on', () => {
    expect(singlePoints(together)).toContain('service:api-gateway@eu-west-1');
    expect(singlePoints(apart).filter((id) => id.startsWith('service:api-gateway'))).toEqual([]);
    expect(down(together)).toBeGreaterThan(down(apart) + 4e-4);
  });

  it('are one against the loss of either', () => {
    const { model } = together.availability;
    const without = (...ids: readonly string[]) =>
      lost(model, [], new Set([...model.resources.values()].filter(({ id }) => ids.includes(id))));
    expect(without('west/First')).toMatchObject({
      serviceStops: false,
      failedResources: ['west/First'],
    });
    expect(without('west/First', 'west/Second').serviceStops).toBe(true);
    expect(lost(model, ['service:api-gateway@eu-west-1']).serviceStops).toBe(true);
  });

  it('are drawn one by one, and neither stops the service alone', () => {
    const { components, domains } = topologyOf(together.availability);
    const drawn = components.filter(({ resource }) => resource.type === 'AWS::ApiGatewayV2::Api');
    expect(drawn.map(({ resource, stopsAlone }) => [resource.id, stopsAlone])).toEqual([
      ['west/First', false],
      ['west/Second', false],
    ]);
    expect(domains.find(({ event }) => event.id === 'service:api-gateway@eu-west-1')).toMatchObject({
      components: 2,
    });
  });
});

describe('a simulated loss of one function of two', () => {
  const workflow = (handler: string): Resources[string] => ({
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      Definition: {
        StartAt: 'Do',
        States: {
          Do: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: { 'Fn::GetAtt': [handler, 'Arn'] } },
            End: true,
          },
        },
      },
    },
  });
  const app = inWest(handlers(2), { Flow0: workflow('Work0'), Flow1: workflow('Work1') });
  const lose = (name: string) => {
    const [loss] = simulate({ services: [app] }, [parseLoss(name)]);
    return { stops: loss?.stops, failed: loss?.failed.map(({ id }) => id) };
  };

  it('takes what calls it, and leaves the other', () => {
    expect(lose('Work0')).toEqual({ stops: true, failed: ['west/Flow0', 'west/Work0'] });
  });

  it('takes nothing that it calls', () => {
    expect(lose('Flow1')).toEqual({ stops: true, failed: ['west/Flow1'] });
  });
});
