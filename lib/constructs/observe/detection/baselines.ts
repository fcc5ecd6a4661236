import { createHash } from 'node:crypto';
import { CfnAnomalyDetector, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refuse } from '../../../objectives/mistakes';
import type { BaselineAlarmProps } from './baseline-props';

const ID = 'Baselines';

interface Baseline {
  readonly detector: CfnAnomalyDetector;

  /** The alarm that asked for it first. */
  readonly path: string;
  readonly learnt: string;
}

/**
 * One detector for each metric of a stack. CloudWatch knows it by the metric and the statistic: a second one would overwrite what
 * the first leaves out, and whichever is deleted takes the other with it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAnomalyDetector.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAnomalyDetector.html
 * @internal
 */
export class Baselines extends Construct {
  static of(scope: Construct): Baselines {
    const stack = Stack.of(scope);
    const known = stack.node.tryFindChild(ID);
    return known instanceof Baselines ? known : new Baselines(stack, ID);
  }

  private readonly known = new Map<string, Baseline>();

  /** @throws ConfigurationError where another alarm of the stack lets the same metric be learnt in another way */
  detector(scope: Construct, metric: Metric, props: BaselineAlarmProps): CfnAnomalyDetector {
    const key = keyOf(this, metric);
    const learnt = learntBy(props);
    const known = this.known.get(key);
    if (!known) {
      const detector = this.newDetector(key, metric, props);
      this.known.set(key, { detector, path: scope.node.path, learnt });
      return detector;
    }
    if (known.learnt !== learnt)
      refuse(scope.node.path, [
        {
          problem: `CloudWatch learns ${metric.statistic} of ${metric.metricName} once, and ${known.path} says other excludedTimes or another timeZone`,
          fix: 'give both the same excludedTimes and timeZone',
        },
      ]);
    return known.detector;
  }

  private newDetector(
    key: string,
    { namespace, metricName, dimensions = {}, statistic }: Metric,
    { excludedTimes, timeZone }: BaselineAlarmProps,
  ): CfnAnomalyDetector {
    // Named after its metric: were it a part of the first alarm, then without that alarm CloudFormation would make it anew for the
    // others and delete the old one afterwards, and with it the new one.
    const id = createHash('sha256').update(key).digest('hex').slice(0, 16);
    return new CfnAnomalyDetector(this, id, {
      singleMetricAnomalyDetector: {
        namespace,
        metricName,
        stat: statistic,
        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      },
      configuration: {
        ...(timeZone !== undefined && { metricTimeZone: timeZone }),
        ...(excludedTimes && { excludedTimeRanges: [...excludedTimes] }),
      },
    });
  }
}

/** What CloudWatch knows a detector by. */
function keyOf(scope: Construct, { namespace, metricName, dimensions = {}, statistic }: Metric): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  const key = { namespace, metricName, statistic, sorted };
  return JSON.stringify(Tokenization.resolve(key, { scope, resolver: new ByPath(), preparing: false }));
}

/** Reads what deploy fills in as the path of what it is of: logical ids of two stacks may be the same. */
class ByPath extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, after: IPostProcessor): unknown {
    return Reference.isReference(token)
      ? `${token.target.node.path}.${token.displayName}`
      : super.resolveToken(token, context, after);
  }
}

function learntBy({ excludedTimes = [], timeZone = 'UTC' }: BaselineAlarmProps): string {
  return JSON.stringify([
    timeZone,
    excludedTimes.map(({ startTime, endTime }) => `${startTime}/${endTime}`).sort(),
  ]);
}
