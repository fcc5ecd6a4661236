import type { FaultModel } from '../../lib/assessment/fault-model';
import { lost } from '../../lib/assessment/what-if';
import type { Gate } from '../../lib/calculus/fault-tree/fault-tree';
import { ConfigurationError } from '../../lib/errors';
import { assessed } from '../support/assess';
import { subnetsIn } from '../support/graph';

const DB = { Engine: 'postgres', DBInstanceClass: 'db.m6g.large' };

const single = assessed({
  stacks: {
    app: {
      region: 'eu-west-1',
      template: {
        Resources: {
          Db: { Type: 'AWS::RDS::DBInstance', Properties: { ...DB, AvailabilityZone: 'eu-west-1a' } },
        },
      },
    },
  },
});

const spread = assessed({
  stacks: {
    app: {
      region: 'eu-west-1',
      template: {
        Resources: {
          ...subnetsIn('eu-west-1a', 'eu-west-1b'),
          Workers: {
            Type: 'AWS::AutoScaling::AutoScalingGroup',
            Properties: {
              MinSize: '4',
              MaxSize: '4',
              VPCZoneIdentifier: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }],
            },
          },
        },
      },
    },
  },
});

/** A model of gates written by hand: every input that is no gate is an event, `fails:x` is the resource `x`. */
function modelOf(gates: Readonly<Record<string, Gate>>): FaultModel {
  const names = [...new Set(Object.values(gates).flatMap(({ inputs }) => inputs))];
  const events = names.filter((name) => !(name in gates) && name !== 'never');
  const views = Object.keys(gates).filter((name) => name.startsWith('fails:'));
  return {
    tree: {
      top: 'top',
      gates: new Map(Object.entries(gates)),
      events: new Map(events.map((id) => [id, { probability: 0.1 }])),
      houseEvents: new Map([['never', false]]),
    },
    events: new Map(events.map((id) => [id, { id }])),
    resources: new Map(views.map((name) => [name, { id: name.slice(6).replace(/@.*/, '') }])),
  } as unknown as FaultModel;
}

describe('the loss of a zone', () => {
  it('stops a service whose database stands in it', () => {
    expect(lost(single.availability.model, ['zone:eu-west-1a'])).toEqual({
      serviceStops: true,
      failedResources: ['app/Db'],
      impairedResources: [],
    });
  });

  it('leaves a service that has half of its instances elsewhere', () => {
    expect(lost(spread.availability.model, ['zone:eu-west-1a']).serviceStops).toBe(false);
  });
});

describe('losses together', () => {
  it('stop what each alone does not', () => {
    const { model } = spread.availability;
    expect(lost(model, ['zone:eu-west-1a', 'zone:eu-west-1b'])).toMatchObject({
      serviceStops: true,
      failedResources: ['app/Workers'],
    });
  });

  it('of nothing leave everything', () => {
    expect(lost(single.availability.model, [])).toEqual({
      serviceStops: false,
      failedResources: [],
      impairedResources: [],
    });
  });

  it('are judged by every kind of gate', () => {
    const model = modelOf({
      top: { type: 'and', inputs: ['fails:a', 'fails:b'] },
      'fails:a': { type: 'atleast', min: 2, inputs: ['one', 'two', 'three'] },
      'fails:b': { type: 'or', inputs: ['fails:c', 'never'] },
      'fails:c': { type: 'not', inputs: ['four'] },
    });
    expect(lost(model, ['one'])).toMatchObject({ serviceStops: false, failedResources: ['b', 'c'] });
    expect(lost(model, ['one', 'three'])).toMatchObject({
      serviceStops: true,
      failedResources: ['a', 'b', 'c'],
    });
    expect(lost(model, ['one', 'three', 'four'])).toMatchObject({
      serviceStops: false,
      failedResources: ['a'],
    });
  });

  it('impair what serves from another region', () => {
    const model = modelOf({
      top: { type: 'and', inputs: ['fails:t@east', 'fails:t@west'] },
      'fails:t@east': { type: 'or', inputs: ['east'] },
      'fails:t@west': { type: 'or', inputs: ['west'] },
    });
    expect(lost(model, ['east'])).toEqual({
      serviceStops: false,
      failedResources: [],
      impairedResources: ['t'],
    });
    expect(lost(model, ['east', 'west']).failedResources).toEqual(['t']);
  });

  it('are followed through trees that are too deep for a call stack', () => {
    const gates = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index): [string, Gate] => [
        index === 0 ? 'top' : `g${index}`,
        { type: 'or', inputs: [index === 49_999 ? 'e' : `g${index + 1}`] },
      ]),
    );
    expect(lost(modelOf(gates), ['e']).serviceStops).toBe(true);
    expect(lost(modelOf(gates), []).serviceStops).toBe(false);
  });
});

describe('a loss fails when', () => {
  it('the service has no such event', () =>
    expect(() => lost(single.availability.model, ['zone:mars-1a'])).toThrow(ConfigurationError));
});
