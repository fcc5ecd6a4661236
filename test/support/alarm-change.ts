/** What CloudWatch says when an alarm changes its state, as its guide shows it. */
export interface Change {
  readonly alarm: string;
  readonly value: string;
  readonly previous?: string;

  /** Time of day on 23 November 2026. */
  readonly at?: string;
  readonly state?: object;
  readonly detail?: object;
  readonly account?: string;
  readonly region?: string;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export function changed({ alarm, value, previous = 'OK', at = '06:00:00', ...more }: Change) {
  const { account = '111122223333', region = 'eu-west-1', state, detail } = more;
  return {
    version: '0',
    id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account,
    time: `2026-11-23T${at}Z`,
    region,
    resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:${alarm}`],
    detail: {
      alarmName: alarm,
      configuration: { description: 'Customers cannot "pay" <now> & here.' },
      previousState: { value: previous, timestamp: '2026-11-23T05:00:00.000+0000' },
      state: {
        value,
        reason: 'Threshold Crossed: 1 datapoint [12.0] was greater than the threshold (10.0).',
        timestamp: `2026-11-23T${at}.000+0000`,
        ...state,
      },
      ...detail,
    },
  };
}
