import { RegionInfo } from 'aws-cdk-lib/region-info';
import { AWS_FACTS } from '../../lib/calculus/aws-facts';
import { AWS_REGIONS, awsRegion } from '../../lib/calculus/aws-regions';
import { AWS_SLAS } from '../../lib/calculus/aws-slas';

const facts = [
  ...Object.entries(AWS_FACTS),
  ...Object.entries(AWS_SLAS).map(([name, sla]) => [name, sla.availability] as const),
];

test.each(facts)('%s says where it comes from, when it was read, and how far to trust it', (_, fact) => {
  expect(fact.asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  const page = /^(https:\/\/\S+|aws-cdk-lib \S+, .+)$/;
  if (fact.confidence === 'assumed') expect(fact.source).toContain('assumption');
  else expect(fact.source).toMatch(page);
});

test('every range of seconds has a worst that is no better than its typical', () => {
  const ranges = Object.values(AWS_FACTS).flatMap(({ value }) =>
    typeof value === 'object' && 'worst' in value ? [value] : [],
  );
  expect(ranges.length).toBeGreaterThan(10);
  for (const { typical, worst } of ranges) expect(worst).toBeGreaterThanOrEqual(typical);
});

test('an agreement is a share of time, and more zones promise no less than one', () => {
  for (const { availability } of Object.values(AWS_SLAS)) {
    expect(availability.value).toBeGreaterThan(0.9);
    expect(availability.value).toBeLessThanOrEqual(1);
  }
  expect(AWS_SLAS.rdsMultiAz.availability.value).toBeGreaterThan(
    AWS_SLAS.rdsSingleInstance.availability.value,
  );
});

describe('the table of regions', () => {
  test('has each region once, with a country and at least two zones', () => {
    expect(new Set(AWS_REGIONS.map((region) => region.code)).size).toBe(AWS_REGIONS.length);
    for (const region of AWS_REGIONS) {
      expect(region.country).toMatch(/^[A-Z]{2}$/);
      expect(region.zones).toBeGreaterThanOrEqual(2);
    }
  });

  test('has every region that the CDK knows outside the secret partitions, in the same partition', () => {
    const known = RegionInfo.regions.filter(({ partition = '' }) => !partition.startsWith('aws-iso'));
    expect(known.length).toBeGreaterThan(30);
    const table = known.map(({ name }) => awsRegion(name)?.partition);
    expect(table).toEqual(known.map(({ partition }) => partition));
  });

  test('knows that a new account sees two zones in Northern California', () => {
    expect(awsRegion('us-west-1')?.zones).toBe(2);
  });

  test('says nothing of a region that it does not know', () => {
    expect(awsRegion('eu-nowhere-1')).toBeUndefined();
  });
});
