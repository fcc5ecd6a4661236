import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  type Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Reader } from './reader';

/** Where requests go, and how it is decided who gets them. */
export const TRAFFIC_READERS: Readonly<Record<string, Reader>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': async ({ physicalId: arn }, { loadBalancing }) => {
    const { LoadBalancers: [found] = [] } = await loadBalancing.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }),
    );
    const { Attributes } = await loadBalancing.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }),
    );
    return (
      found && {
        ...found,
        Subnets: found.AvailabilityZones?.map(({ SubnetId }) => SubnetId),
        LoadBalancerAttributes: Attributes,
        Tags: await tags(loadBalancing, arn),
      }
    );
  },

  'AWS::ElasticLoadBalancingV2::Listener': async ({ physicalId: arn }, { loadBalancing }) => {
    const { Listeners: [found] = [] } = await loadBalancing.send(
      new DescribeListenersCommand({ ListenerArns: [arn] }),
    );
    return found && { ...found, Tags: await tags(loadBalancing, arn) };
  },

  'AWS::ElasticLoadBalancingV2::TargetGroup': async ({ physicalId: arn }, { loadBalancing }) => {
    const { TargetGroups: [found] = [] } = await loadBalancing.send(
      new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }),
    );
    const { Attributes } = await loadBalancing.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }),
    );
    return found && { ...found, TargetGroupAttributes: Attributes, Tags: await tags(loadBalancing, arn) };
  },
};

async function tags(loadBalancing: ElasticLoadBalancingV2Client, arn: string): Promise<Tag[] | undefined> {
  const { TagDescriptions: [first] = [] } = await loadBalancing.send(
    new DescribeTagsCommand({ ResourceArns: [arn] }),
  );
  return first?.Tags;
}
