import { assessed, assumptionsOf, eventIds } from '../../support/assess';
import { attribute, ref } from '../../support/designs';

const SAID = { 'cdk-nines': { operationalBecause: 'it tells people of alarms' } };
const table = (more: object = {}) => ({ Type: 'AWS::DynamoDB::Table', Properties: {}, ...more });
const fn = (more: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties: {}, ...more });

function reading(name: string) {
  return fn({ Properties: { Role: ref('Role'), Environment: { Variables: { TABLE: ref(name) } } } });
}

const inWest = (Resources: Record<string, { Type: string }>) =>
  assessed({ stacks: { west: { region: 'eu-west-1', template: { Resources } } } });

describe('what is said to help to run a service', () => {
  it('keeps no user waiting, and is named', () => {
    const without = inWest({ Work: fn(), Memory: table() });
    const said = inWest({ Work: fn(), Memory: table({ Metadata: SAID }) });
    expect(eventIds(without)).toContain('service:dynamodb@eu-west-1');
    expect(eventIds(said)).not.toContain('service:dynamodb@eu-west-1');
    expect(said.availability.unavailability).toBeLessThan(without.availability.unavailability);
    expect(said.assumptions.map(({ what }) => what)).toContain(
      'no user waits for west/Memory: it tells people of alarms',
    );
  });

  it('counts where something needs it that users wait for', () => {
    const needed = inWest({ Work: reading('Memory'), Memory: table({ Metadata: SAID }) });
    expect(eventIds(needed)).toContain('service:dynamodb@eu-west-1');
  });

  it('counts where nothing else serves, and where no reason is given', () => {
    expect(eventIds(inWest({ Memory: table({ Metadata: SAID }) }))).toContain('service:dynamodb@eu-west-1');
    const silent = { 'cdk-nines': { operationalBecause: ' ' } };
    expect(eventIds(inWest({ Work: fn(), Memory: table({ Metadata: silent }) }))).toContain(
      'service:dynamodb@eu-west-1',
    );
  });
});

describe('a watch that the clock and events of AWS start', () => {
  const rule = (Properties: object) => ({
    Type: 'AWS::Events::Rule',
    Properties: { ...Properties, Targets: [{ Id: 'T', Arn: attribute('Watch', 'Arn') }] },
  });
  const hourly = rule({ ScheduleExpression: 'rate(1 hour)' });
  const listening = (...source: readonly string[]) => rule({ EventPattern: { source } });
  const beside = (more: Record<string, { Type: string }>) => inWest({ Table: table(), ...more });
  const entriesOf = (found: ReturnType<typeof inWest>) =>
    found.entryPoints.map(({ logicalId }) => logicalId).sort();

  it('keeps no user waiting where it touches nothing of the service, and is named', () => {
    const alone = beside({});
    const watched = beside({ Watch: fn(), Hourly: hourly, Beats: listening('aws.glue', 'aws.batch') });
    expect(entriesOf(watched)).toEqual(['Table']);
    expect(watched.availability.unavailability).toBe(alone.availability.unavailability);
    expect(assumptionsOf(watched)).toContain(
      'no user waits for west/Watch: it touches nothing of the service',
    );
  });

  it.each([
    ['events of the app', listening('shop.orders')],
    ['events of the app among those of AWS', listening('aws.glue', 'shop.orders')],
    ['what users put into a bucket', listening('aws.s3')],
    ['any event', rule({ EventPattern: { 'detail-type': ['Order'] } })],
  ])('is a way in where %s start it, too', (_, events) => {
    const found = beside({ Watch: fn(), Hourly: hourly, Events: events });
    expect(entriesOf(found)).toEqual(['Table', 'Watch']);
    expect(eventIds(found)).toContain('service:lambda@eu-west-1');
  });

  it('is a way in where it touches what the service holds', () => {
    const found = beside({ Watch: reading('Table'), Hourly: hourly, Beats: listening('aws.glue') });
    expect(entriesOf(found)).toEqual(['Watch']);
  });
});
