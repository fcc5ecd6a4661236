import type { Confidence } from './fact';

/** A region of AWS. */
export interface AwsRegion {
  /** `eu-west-1`. */
  readonly code: string;

  /** The city or area that AWS names it after. */
  readonly place: string;

  /** The country that the data lies in, ISO 3166-1 alpha-2. */
  readonly country: string;

  /** `aws`, `aws-cn`, `aws-us-gov` or `aws-eusc`; nothing is copied from one partition to another. */
  readonly partition: string;

  /** Zones that AWS lists for new accounts. A constrained zone may be hidden from yours: plan with three at most. */
  readonly zones: number;

  /** How far the number of zones may be trusted. */
  readonly confidence: Confidence;
}

/** Where the table comes from. */
export const REGIONS_SOURCE =
  'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html';

/** When it was read. */
export const REGIONS_AS_OF = '2026-11';

const REGIONS: ReadonlyMap<string, AwsRegion> = new Map(
  [
    region('af-south-1', 'Cape Town', 'ZA'),
    region('ap-east-1', 'Hong Kong', 'HK'),
    region('ap-east-2', 'Taipei', 'TW'),
    region('ap-northeast-1', 'Tokyo', 'JP', { zones: 4 }),
    region('ap-northeast-2', 'Seoul', 'KR', { zones: 4 }),
    region('ap-northeast-3', 'Osaka', 'JP'),
    region('ap-south-1', 'Mumbai', 'IN'),
    region('ap-south-2', 'Hyderabad', 'IN'),
    region('ap-southeast-1', 'Singapore', 'SG'),
    region('ap-southeast-2', 'Sydney', 'AU'),
    region('ap-southeast-3', 'Jakarta', 'ID'),
    region('ap-southeast-4', 'Melbourne', 'AU'),
    region('ap-southeast-5', 'Malaysia', 'MY'),
    region('ap-southeast-6', 'New Zealand', 'NZ'),
    region('ap-southeast-7', 'Thailand', 'TH'),
    region('ca-central-1', 'Central Canada', 'CA'),
    region('ca-west-1', 'Calgary', 'CA'),
    region('eu-central-1', 'Frankfurt', 'DE'),
    region('eu-central-2', 'Zurich', 'CH'),
    region('eu-north-1', 'Stockholm', 'SE'),
    region('eu-south-1', 'Milan', 'IT'),
    region('eu-south-2', 'Spain', 'ES'),
    region('eu-west-1', 'Ireland', 'IE'),
    region('eu-west-2', 'London', 'GB', { zones: 4 }),
    region('eu-west-3', 'Paris', 'FR'),
    region('il-central-1', 'Tel Aviv', 'IL'),
    region('me-central-1', 'United Arab Emirates', 'AE'),
    region('me-south-1', 'Bahrain', 'BH'),
    region('me-west-1', 'Saudi Arabia', 'SA', { confidence: 'unverified' }),
    region('mx-central-1', 'Central Mexico', 'MX'),
    region('sa-east-1', 'São Paulo', 'BR'),
    region('sa-west-1', 'Chile', 'CL', { confidence: 'unverified' }),
    region('us-east-1', 'Northern Virginia', 'US', { zones: 6 }),
    region('us-east-2', 'Ohio', 'US'),
    region('us-west-1', 'Northern California', 'US', { zones: 2 }),
    region('us-west-2', 'Oregon', 'US', { zones: 4 }),
    region('cn-north-1', 'Beijing', 'CN', { partition: 'aws-cn', confidence: 'unverified' }),
    region('cn-northwest-1', 'Ningxia', 'CN', { partition: 'aws-cn', confidence: 'unverified' }),
    region('us-gov-east-1', 'United States, East', 'US', {
      partition: 'aws-us-gov',
      confidence: 'secondary',
    }),
    region('us-gov-west-1', 'United States, West', 'US', {
      partition: 'aws-us-gov',
      confidence: 'secondary',
    }),
    region('eusc-de-east-1', 'Brandenburg', 'DE', { partition: 'aws-eusc', confidence: 'unverified' }),
  ].map((each) => [each.code, each]),
);

/** Every region that is known, by code. */
export const AWS_REGIONS: readonly AwsRegion[] = [...REGIONS.values()].sort((a, b) =>
  a.code < b.code ? -1 : 1,
);

/** A region by its code; `undefined` when it is not known, which does not mean that there is none. */
export function awsRegion(code: string): AwsRegion | undefined {
  return REGIONS.get(code);
}

/** What most regions have in common: "each Region has at least three Availability Zones". */
function region(code: string, place: string, country: string, special: Partial<AwsRegion> = {}): AwsRegion {
  return { code, place, country, partition: 'aws', zones: 3, confidence: 'documented', ...special };
}
