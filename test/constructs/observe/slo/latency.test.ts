import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { loadBalancerLatency, restApiLatency } from '../../../../lib/constructs/observe/slo/indicators';

const within = Duration.millis(300);

test('a load balancer is asked in seconds, also for less than one', () => {
  const stack = new Stack();
  const balancer = new ApplicationLoadBalancer(stack, 'Front', { vpc: new Vpc(stack, 'Vpc') });
  const { good, metrics } = loadBalancerLatency(balancer, within);
  expect(good).toBe('requests that are answered within 0.3 s');
  expect(metrics.share?.statistic).toBe('PR(0:0.3)');
});

test('a REST API is asked in milliseconds', () => {
  const { good, metrics } = restApiLatency(new RestApi(new Stack(), 'Api'), within);
  expect(good).toBe('requests that are answered within 0.3 s');
  expect(metrics.share?.statistic).toBe('PR(0:300)');
});
