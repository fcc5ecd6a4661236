/** A threshold that is a part of what a resource is given: the bytes of its disk, the size of its group. */
export interface RelativeThreshold {
  /** The fraction of the setting: 0.8. */
  readonly share: number;

  /** The setting, by the name that the reader of settings knows. */
  readonly of: AlarmSetting;

  /** What holds where the template does not tell the setting, in the unit of the metric. */
  readonly otherwise: number;
}

/** A setting of a resource that a threshold depends on. */
export enum AlarmSetting {
  /** The storage of a database or domain, in bytes. */
  STORAGE_BYTES = 'its storage',

  /** The storage of a node of a search domain, in mebibytes: its metric counts those. */
  STORAGE_MEBIBYTES = 'its storage per node',

  /** The least number of instances of a group. */
  LEAST_SIZE = 'its least size',

  /** How long records are kept, in milliseconds. */
  RETENTION_MILLISECONDS = 'its retention',

  /** How long a message is hidden while it is worked on, in seconds. */
  VISIBILITY_SECONDS = 'its visibility timeout',
}

/** How one metric is watched. */
export interface AlarmShape {
  readonly namespace: string;

  /** Watched together where there are several: their sum counts. */
  readonly metrics: readonly string[];

  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum';

  readonly periodSeconds: number;

  /** The time between two data points: a shorter period has none. @default 60 */
  readonly leastPeriodSeconds?: number;

  /** So many periods in a row, fewer where detection may not take so long. */
  readonly periods: number;

  /** Whether more or less than the threshold is bad. */
  readonly bad: 'at least' | 'less than';

  readonly threshold: number | RelativeThreshold;

  /** What silence means. */
  readonly silence: 'breaching' | 'missing' | 'notBreaching';

  /** The values of a further dimension, of which the metric has one each. @default - it has none */
  readonly each?: { readonly dimension: string; readonly values: readonly string[] };

  /** What it means for who is told, after the name of the resource. */
  readonly meaning: string;

  /** What to look at first. */
  readonly action: string;

  /** The page that the numbers come from. */
  readonly source: string;
}

/** The page of CloudWatch that recommends alarms. Its numbers are kept where it has any; periods may be fewer. */
export const RECOMMENDED =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html';

/** No page gives a number: ours is one to start from. */
const OWN = 'own decision of cdk-nines: a default to start from, not a standard';

type Given = Pick<AlarmShape, 'namespace' | 'metrics' | 'statistic' | 'threshold' | 'meaning' | 'action'> &
  Partial<AlarmShape>;

/** Three bad minutes in a row, unless said otherwise; where nothing happens nothing is reported. */
export function alarmShape(given: Given): AlarmShape {
  return {
    periodSeconds: 60,
    periods: 3,
    bad: 'at least',
    silence: 'notBreaching',
    source: OWN,
    ...given,
  };
}
