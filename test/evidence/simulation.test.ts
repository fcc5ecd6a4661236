import { meantBy, parseLoss, simulate } from '../../lib/assessment/simulate';
import { simulationJson, simulationText } from '../../lib/evidence/simulation';
import { resource, subnets, web } from '../assessment/recovery/parts';
import { assessed } from '../support/assess';

const first = { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] };

const shop = assessed({
  stacks: {
    shop: {
      region: 'eu-west-1',
      template: {
        Resources: {
          ...web({ tasks: 4 }),
          ...subnets('eu-west-1a', 'eu-west-1b'),
          Handler: resource('Lambda::Function'),
          Spare: resource('EC2::Subnet', { VpcId: 'vpc-1', AvailabilityZone: first }),
          Db: resource('RDS::DBInstance', {
            AvailabilityZone: 'eu-west-1b',
            BackupRetentionPeriod: 0,
          }),
        },
      },
    },
  },
});

function simulated(...names: readonly string[]) {
  const assessment = { services: [shop] };
  const losses = meantBy(assessment, names.map(parseLoss));
  return { losses, services: simulate(assessment, losses) };
}

const text = (...names: readonly string[]) => [...simulationText(simulated(...names))].join('');
const json = (...names: readonly string[]) =>
  JSON.parse([...simulationJson(simulated(...names))].join('')).services[0];

describe('a simulation in words', () => {
  it('does not know when AWS brings back what it runs', () => {
    expect(text('Handler')).toBe(
      `lost: resource Handler
app STOPS: 1 of 5 parts fail
  fails     shop/Handler
  when it is back is NOT KNOWN, loses no data: whether that is as owed is not known (owed after the loss of an instance: RTO 2 min, RPO 0 s)
    shop/Handler is run by AWS, and nothing says how long it takes to bring it back
`,
    );
  });

  it('says what stops a service of which no part fails by itself', () => {
    expect(text('software:app')).toMatch(
      /^app STOPS by a defect in all copies of app: none of its 5 parts fails by itself$/m,
    );
  });

  it('tells of an interruption where the service goes on, and what is taken as given', () => {
    expect(text('az:eu-west-1a')).toMatch(
      new RegExp(
        [
          '^lost: zone eu-west-1a',
          'app goes on after an interruption: 0 of 5 parts fail',
          '  taken as given: eu-west-1#0 counts as eu-west-1a: the app does not say which zone it is, and this is the worst it can be',
          '  taken as given: 1 of 4 tasks of shop/Web carries the load: nobody declares the peak, and it is taken that one does',
          '  back in 90 s at the worst, loses no data: as owed \\(owed after the loss of a zone: RTO 5 min, RPO 0 s\\)',
          ' {10}30 s {2}the name of the load balancer leaves the zone out \\(shop/Front; assumed.*\\)',
          ' {10}60 s {2}time to live of that name \\(shop/Front; https.*\\)',
          '$',
        ].join('\n'),
      ),
    );
  });

  it('says what never comes back, and what it takes with it', () => {
    expect(text('az:eu-west-1b')).toContain(
      '  does not come back, loses ALL data: more than owed (owed after the loss of a zone: RTO 5 min, RPO 0 s)\n' +
        '         never  shop/Db and its data are lost with the zone: nothing is kept elsewhere (no standby in another zone and no backup)\n',
    );
  });

  it('names a zone as the app does', () => {
    expect(text('az:0')).toMatch(/^lost: zone eu-west-1#0\n/);
  });
});

describe('an impaired control plane in words', () => {
  it('says what goes on, and what stands still meanwhile', () => {
    expect(text('control-plane@eu-west-1')).toBe(
      `lost: control plane eu-west-1
app goes on: 0 of 5 parts fail
  nothing has to come back, loses no data
  while the control plane of eu-west-1 is impaired these stand still:
    replaces lost units (shop/Web)
    updates the stack (shop/Web), after a bad deploy that is rolled back
    launches a unit (shop/Web), after a bad deploy that is rolled back
    updates the stack (shop/Handler), after a bad deploy that is rolled back
    replaces the instance (shop/Db), after the loss of an instance
`,
    );
  });

  it('says what it keeps from coming back', () => {
    expect(text('Db', 'control-plane@eu-west-1')).toMatch(
      new RegExp(
        [
          '^lost: resource Db and control plane eu-west-1',
          'app STOPS: 1 of 5 parts fail',
          '  fails     shop/Db',
          '  does not come back, loses no data: more than owed \\(owed after the loss of an instance: RTO 2 min, RPO 0 s\\)',
          ' {9}never {2}replaces the instance \\(shop/Db\\): that waits for the control plane of eu-west-1 \\(https.*static-stability.html\\)',
          '    shop/Db has no way back after the loss of an instance, but an RTO of 2 min is owed; fix: run beforehand .*',
          '  while the control plane of eu-west-1 is impaired these stand still:',
        ].join('\n'),
      ),
    );
  });
});

describe('a simulation for machines', () => {
  it('tells what stands still', () => {
    const { standsStill, ...loss } = json('control-plane@eu-west-1');
    expect(loss).toMatchObject({ stops: false, rtoSeconds: 0, meets: true });
    expect(loss).not.toHaveProperty('disruption');
    expect(standsStill).toContainEqual({
      what: 'replaces the instance',
      resource: 'shop/Db',
      controlPlane: 'eu-west-1',
      after: ['instance'],
    });
    expect(json('az:0').standsStill).toEqual([]);
  });

  it('tells what is not known from what never ends', () => {
    expect(json('Handler')).toMatchObject({
      stops: true,
      rtoSeconds: null,
      meets: null,
      unknown: 'shop/Handler is run by AWS, and nothing says how long it takes to bring it back',
    });
    const never = json('az:eu-west-1b');
    expect(never).toMatchObject({ rtoSeconds: null, rpoSeconds: null, meets: false });
    expect(never.unknown).toBeUndefined();
  });

  it('has the terms of each time, and what was taken as given', () => {
    const zone = json('az:eu-west-1a');
    expect(zone.terms.map(({ seconds }: { readonly seconds: number }) => seconds)).toEqual([30, 60]);
    expect(zone.assumed).toHaveLength(2);
    expect(zone).toMatchObject({ stops: false, rtoSeconds: 90, rpoSeconds: 0, meets: true });
  });
});
