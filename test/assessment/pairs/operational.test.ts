import { assessed, eventIds } from '../../support/assess';
import { ref } from '../../support/designs';

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
