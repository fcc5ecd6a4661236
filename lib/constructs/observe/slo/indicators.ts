import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ApplicationLoadBalancer,
  HttpCodeElb,
  HttpCodeTarget,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Canary } from 'aws-cdk-lib/aws-synthetics';
import type { Duration } from 'aws-cdk-lib/core';
import { type Indicator, IndicatorKind } from './indicator';

const SUM = { statistic: Stats.SUM };

/**
 * Requests to a load balancer that neither it nor its targets fail.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function loadBalancerAvailability({ metrics }: ApplicationLoadBalancer): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that the load balancer and its targets answer without a 5xx',
    metrics: {
      own: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, SUM),
      theirs: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, SUM),
      requests: metrics.requestCount(SUM),
    },
    // RequestCount leaves out what no target was there for: without it the loss of all targets would be no failure.
    total: 'FILL(requests, 0) + FILL(own, 0)',
    bad: 'FILL(own, 0) + FILL(theirs, 0)',
  };
}

/**
 * Requests to a load balancer whose targets answer within a time.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function loadBalancerLatency({ metrics }: ApplicationLoadBalancer, within: Duration): Indicator {
  // Most are of less than a second.
  const seconds = within.toMilliseconds() / 1_000;
  return answeredWithin(
    metrics.requestCount(SUM),
    metrics.targetResponseTime({ statistic: Stats.percentileRank(0, seconds) }),
    seconds,
  );
}

/**
 * Requests to a REST API that are answered without a 5xx.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function restApiAvailability(api: RestApi): Indicator {
  return withoutServerErrors(api.metricServerError(SUM), api.metricCount({ statistic: Stats.SAMPLE_COUNT }));
}

/**
 * Requests to a REST API that are answered within a time, the time of the gateway counted in.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function restApiLatency(api: RestApi, within: Duration): Indicator {
  const milliseconds = within.toMilliseconds();
  const latency = api.metricLatency({ statistic: Stats.percentileRank(0, milliseconds) });
  return answeredWithin(api.metricCount({ statistic: Stats.SAMPLE_COUNT }), latency, milliseconds / 1_000);
}

/**
 * Requests to an HTTP API that are answered without a 5xx.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export function httpApiAvailability(api: IHttpApi): Indicator {
  return withoutServerErrors(api.metricServerError(SUM), api.metricCount({ statistic: Stats.SAMPLE_COUNT }));
}

/**
 * Requests to an HTTP API that are answered within a time, the time of the gateway counted in.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export function httpApiLatency(api: IHttpApi, within: Duration): Indicator {
  const milliseconds = within.toMilliseconds();
  const latency = api.metricLatency({ statistic: Stats.percentileRank(0, milliseconds) });
  return answeredWithin(api.metricCount({ statistic: Stats.SAMPLE_COUNT }), latency, milliseconds / 1_000);
}

/**
 * Calls of a function that neither fail nor are refused for want of concurrency.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionAvailability(handler: IFunction): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'calls of the function that neither fail nor are throttled',
    metrics: {
      errors: handler.metricErrors(SUM),
      throttles: handler.metricThrottles(SUM),
      calls: handler.metricInvocations(SUM),
    },
    // Throttled calls are no Invocations.
    total: 'FILL(calls, 0) + FILL(throttles, 0)',
    bad: 'FILL(errors, 0) + FILL(throttles, 0)',
  };
}

/**
 * Runs of a canary that succeed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
 */
export function journeyAvailability(canary: Canary): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'runs of the canary that succeed',
    metrics: {
      runs: canary.metricSuccessPercent({ statistic: Stats.SAMPLE_COUNT }),
      succeeded: canary.metricSuccessPercent({ statistic: Stats.AVERAGE }),
    },
    total: 'FILL(runs, 0)',
    bad: 'FILL(runs, 0) * (100 - FILL(succeeded, 100)) / 100',
  };
}

function withoutServerErrors(errors: Metric, requests: Metric): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that are answered without a 5xx',
    metrics: { errors, requests },
    total: 'FILL(requests, 0)',
    bad: 'FILL(errors, 0)',
  };
}

/**
 * Requests that are answered within a time; `share` is the percentile rank: the percentage of requests up to the threshold.
 *
 * @internal
 */
export function answeredWithin(requests: Metric, share: Metric, seconds: number): Indicator {
  return {
    kind: IndicatorKind.LATENCY,
    good: `requests that are answered within ${seconds} s`,
    metrics: { requests, share },
    total: 'FILL(requests, 0)',
    bad: 'FILL(requests, 0) * (100 - FILL(share, 100)) / 100',
  };
}
