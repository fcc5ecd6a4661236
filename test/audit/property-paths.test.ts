import { SERVICE_DEFAULTS } from '../../lib/calculus/service-defaults';
import { allCases } from '../support/all-cases';
import { templatesOf, unknownProperties } from '../support/guard-engine';
import { appOf } from '../support/rule-cases';

/** What cases write although CloudFormation does not know it, and why. */
const ON_PURPOSE: Readonly<Record<string, string>> = {
  'AWS::DirectConnect::TransitVirtualInterface VirtualGatewayId':
    'the rule asks both kinds of interfaces for both kinds of gateways',
  'AWS::DynamoDB::GlobalTable PointInTimeRecoverySpecification':
    'on the table instead of its replicas it changes nothing',
  'AWS::Lambda::Function Environment.Variables.X': 'names of variables have two letters at least',
  'AWS::LookoutMetrics::Alert': 'CloudFormation has forgotten the service, which older templates name',
  'AWS::LookoutMetrics::AnomalyDetector':
    'CloudFormation has forgotten the service, which older templates name',
  'AWS::NetworkFirewall::Firewall AvailabilityZoneMappings.0.IPAddressType':
    'a reference beside the zone decides nothing',
  'AWS::Route53::HealthCheck HealthCheckConfig.Disabled': 'only the API of Route 53 has it so far',
};

type Json = Readonly<Record<string, unknown>>;

/** Types that CloudFormation has itself, and no transform or custom resource makes. */
const NATIVE = /^AWS::(?!Serverless::)/;

const tested = [...allCases().values()];

/** Everything that the cases set on each type, in one value: an entry of a list stands for all. */
function sampleOfCases(): Map<string, unknown> {
  const byType = new Map<string, unknown>();
  const apps = tested.flatMap(({ rule, cases, further }) =>
    [cases, ...further]
      .flatMap(({ passes, fails }) => [...Object.values(passes), ...Object.values(fails)])
      .map((one) => appOf(rule, one)),
  );
  for (const { Resources = {} } of apps.flatMap(templatesOf) as readonly { readonly Resources?: Json }[]) {
    for (const resource of Object.values(Resources)) {
      const { Type: type, Properties: properties = {} } = Object(resource) as Json;
      byType.set(String(type), merged(byType.get(String(type)) ?? {}, properties));
    }
  }
  return byType;
}

function unknownIn(byType: ReadonlyMap<string, unknown>): readonly string[] {
  const native = [...byType].filter(([type]) => NATIVE.test(type));
  const Resources = Object.fromEntries(
    native.map(([Type, Properties]) => [Type.replaceAll('::', ''), { Type, Properties }]),
  );
  return [...unknownProperties({ Resources })].sort();
}

function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) || Array.isArray(other)) {
    const entries = [one, other].flat().filter(isPlain);
    return entries.length > 0 ? [entries.reduce<unknown>(merged, {})] : (one ?? other);
  }
  if (!isPlain(one)) return isPlain(other) ? merged({}, other) : (one ?? other);
  if (!isPlain(other)) return one;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(one[key], other[key])]));
}

/** A map that is no function of CloudFormation. */
function isPlain(value: unknown): value is Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

/** `{ A: [{ B: value }] }` for `A.0.B`. */
function nested([key = '', ...rest]: readonly string[], value: unknown): unknown {
  const inner = rest.length > 0 ? nested(rest, value) : value;
  return /^\d+$/.test(key) ? [inner] : { [key]: inner };
}

jest.setTimeout(60_000);

describe('a property or a type that CloudFormation does not know is judged by its absence, always:', () => {
  it('the engine finds one', () => {
    const misspelt = { VersioningConfiguration: { Stauts: 'Enabled' } };
    const byType = new Map<string, unknown>([
      ['AWS::S3::Bucket', misspelt],
      ['AWS::S3::Bukcet', {}],
    ]);
    expect(unknownIn(byType)).toEqual(['AWS::S3::Bucket VersioningConfiguration.Stauts', 'AWS::S3::Bukcet']);
  });

  it('no case of a rule sets one, and no rule applies to one', () => {
    const byType = sampleOfCases();
    for (const type of tested.flatMap(({ rule }) => rule.appliesTo))
      if (!byType.has(type)) byType.set(type, {});
    expect(unknownIn(byType)).toEqual(Object.keys(ON_PURPOSE).sort());
  });

  it('no default is of one', () => {
    const byType = new Map(
      Object.entries(SERVICE_DEFAULTS).map(([type, defaults]) => [
        type,
        Object.entries(defaults)
          .map(([path, { value }]) => nested(path.split('.'), value))
          .reduce(merged, {}),
      ]),
    );
    expect(unknownIn(byType)).toEqual([]);
  });
});
