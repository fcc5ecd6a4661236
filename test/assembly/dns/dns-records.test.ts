import { type DnsRecord, normalisedName } from '../../../lib/assembly/dns/dns-record';
import { dnsRecordsOf } from '../../../lib/assembly/dns/dns-records';
import { Text, Unknown } from '../../../lib/assembly/value';
import { graphOf, type TestApp } from '../../support/graph';

const record = (properties: object) => ({ Type: 'AWS::Route53::RecordSet', Properties: properties });
const group = (properties: object) => ({ Type: 'AWS::Route53::RecordSetGroup', Properties: properties });
const API = { HostedZoneId: 'Z1', Name: 'api.example.com', Type: 'A' };

function siblings(app: TestApp) {
  const records = dnsRecordsOf(graphOf(app));
  const [first] = records.all;
  const { sure, maybe } = records.siblingsOf(first as DnsRecord);
  const ids = (found: readonly DnsRecord[]) => found.map(({ resource }) => resource.logicalId);
  return { sure: ids(sure), maybe: ids(maybe) };
}

const two = (first: object, second: object, more: object = {}) =>
  siblings({ Resources: { First: record(first), Second: record(second) }, ...more });

describe('dnsRecordsOf', () => {
  it('reads records and the entries of groups alike', () => {
    const app = {
      Resources: { Single: record(API), Group: group({ RecordSets: [API, { ...API, TTL: '30' }] }) },
    };
    const records = dnsRecordsOf(graphOf(app)).all;

    expect(records.map((each) => each.property('TTL'))).toEqual([
      'TTL',
      'RecordSets.0.TTL',
      'RecordSets.1.TTL',
    ]);
    expect(records.map(({ ttl }) => ttl)).toEqual([undefined, undefined, 30]);
  });

  it('says which group it cannot read', () => {
    const records = dnsRecordsOf(
      graphOf({ Resources: { Group: group({ RecordSets: { 'Fn::Transform': {} } }) } }),
    );

    expect(records.all).toEqual([]);
    expect(records.unseen).toMatch(/Fn::Transform/);
  });

  it('does not know whether an entry exists that a condition may leave out', () => {
    const [entry] = dnsRecordsOf(
      graphOf({
        Parameters: { Wanted: { Type: 'String' } },
        Conditions: { IsWanted: { 'Fn::Equals': [{ Ref: 'Wanted' }, 'yes'] } },
        Resources: {
          Group: group({ RecordSets: [{ 'Fn::If': ['IsWanted', API, { Ref: 'AWS::NoValue' }] }] }),
        },
      }),
    ).all;

    expect(entry?.presence).toBeInstanceOf(Unknown);
  });

  it('takes the zone of the group for entries that name none', () => {
    const app = {
      Resources: {
        Group: group({ HostedZoneId: 'Z1', RecordSets: [{ Name: 'api.example.com', Type: 'A' }] }),
        Same: record(API),
        Other: record({ ...API, HostedZoneId: 'Z2' }),
      },
    };
    const records = dnsRecordsOf(graphOf(app));
    const entry = records.all.find(({ resource }) => resource.logicalId === 'Group') as DnsRecord;

    expect(records.siblingsOf(entry).sure.map(({ resource }) => resource.logicalId)).toEqual(['Same']);
    expect(records.siblingsOf(entry).maybe).toEqual([]);
  });

  it('follows an export to the zone of another stack', () => {
    const app: TestApp = {
      stacks: {
        Dns: {
          region: 'eu-west-1',
          template: {
            Resources: {
              Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
              First: record({ ...API, HostedZoneId: { Ref: 'Zone' } }),
            },
            Outputs: { Id: { Value: { Ref: 'Zone' }, Export: { Name: 'Zone' } } },
          },
        },
        Api: {
          region: 'eu-west-1',
          template: {
            Resources: { Second: record({ ...API, HostedZoneId: { 'Fn::ImportValue': 'Zone' } }) },
          },
        },
      },
    };

    expect(siblings(app)).toEqual({ sure: ['Second'], maybe: [] });
  });
});

describe('siblingsOf', () => {
  it('compares names as DNS does', () => {
    expect(two(API, { ...API, Name: 'API.Example.com.' })).toEqual({ sure: ['Second'], maybe: [] });
    expect(two(API, { ...API, Name: 'www.example.com' })).toEqual({ sure: [], maybe: [] });
    expect(two(API, { ...API, Type: 'AAAA' })).toEqual({ sure: [], maybe: [] });
  });

  it('takes the same import in one stack for the same zone, and leaves two parameters open', () => {
    const imported = { ...API, HostedZoneId: { 'Fn::ImportValue': 'Zone' } };
    const parameters = { Parameters: { ZoneA: { Type: 'String' }, ZoneB: { Type: 'String' } } };
    const [inA, inB] = ['ZoneA', 'ZoneB'].map((name) => ({ ...API, HostedZoneId: { Ref: name } }));

    expect(two(imported, imported)).toEqual({ sure: ['Second'], maybe: [] });
    expect(two(inA as object, inA as object, parameters)).toEqual({ sure: ['Second'], maybe: [] });
    expect(two(inA as object, inB as object, parameters)).toEqual({ sure: [], maybe: ['Second'] });
  });

  it('does not take the same import of two regions for the same zone', () => {
    const template = {
      Resources: { Record: record({ ...API, HostedZoneId: { 'Fn::ImportValue': 'Zone' } }) },
    };
    const app = { stacks: { A: { region: 'eu-west-1', template }, B: { region: 'eu-central-1', template } } };

    expect(siblings(app)).toEqual({ sure: [], maybe: ['Record'] });
  });

  it('leaves open whether a literal id is that of a zone of the app', () => {
    const zone = { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } };
    const app = {
      Resources: {
        First: record({ ...API, HostedZoneId: { Ref: 'Zone' } }),
        Second: record(API),
        Zone: zone,
      },
    };

    expect(siblings(app)).toEqual({ sure: [], maybe: ['Second'] });
  });
});

describe('normalisedName', () => {
  it('drops the last dot and the case, also around a token', () => {
    const token = new Unknown('parameter Domain has no default');

    expect(normalisedName('API.Example.COM.')).toBe('api.example.com');
    expect(normalisedName(new Text(['API.', token, '.']))).toEqual(new Text(['api.', token]));
  });
});
