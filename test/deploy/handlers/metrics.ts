import {
  type CloudWatchClient,
  type Dimension,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import type { Said } from './lambda-process';

interface Embedded {
  readonly Timestamp: number;
  readonly CloudWatchMetrics: readonly {
    readonly Namespace: string;
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string }[];
  }[];
}

/** The metric of an alarm. */
export interface Watched {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly Dimension[];
  readonly Statistic: Statistic;
}

/** CloudWatch, as far as it takes metrics out of logs and shows them to alarms. */
export class Metrics {
  constructor(private readonly client: CloudWatchClient) {}

  /**
   * Takes the metrics out of what a function wrote.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
   */
  async takeFrom({ lines }: Said): Promise<void> {
    for (const line of lines) {
      const { CloudWatchMetrics = [], Timestamp } = (line._aws ?? {}) as Partial<Embedded>;
      for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics)
        for (const names of Dimensions)
          await this.put(
            Namespace,
            Metrics.map(({ Name }) => ({
              MetricName: Name,
              Value: Number(line[Name]),
              Timestamp: new Date(Timestamp ?? 0),
              Dimensions: names.map((name) => ({ Name: name, Value: String(line[name]) })),
            })),
          );
    }
  }

  async put(
    Namespace: string,
    MetricData: { MetricName: string; Value: number; Timestamp: Date; Dimensions: Dimension[] }[],
  ): Promise<void> {
    await this.client.send(new PutMetricDataCommand({ Namespace, MetricData }));
  }

  /** What an alarm sees of the last hour, at its statistic; undefined where nothing is there. */
  async seenBy({ Namespace, MetricName, Dimensions, Statistic }: Watched): Promise<number | undefined> {
    const now = Date.now();
    const { Datapoints = [] } = await this.client.send(
      new GetMetricStatisticsCommand({
        Namespace,
        MetricName,
        Dimensions: [...Dimensions],
        Statistics: [Statistic],
        StartTime: new Date(now - 1_800_000),
        EndTime: new Date(now + 1_800_000),
        Period: 3_600,
      }),
    );
    return Datapoints[0]?.[Statistic as 'Sum' | 'Maximum' | 'Minimum'];
  }
}
