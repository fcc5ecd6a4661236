import { dynamicPortOf } from '../../../lib/assembly/compute/container-ports';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

const service = (port: unknown = 80) => ({
  Type: 'AWS::ECS::Service',
  Properties: {
    TaskDefinition: { Ref: 'Task' },
    LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' }, ContainerName: 'web', ContainerPort: port }],
  },
});
const task = (mapping: unknown, properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Name: 'web', PortMappings: [mapping] }], ...properties },
});

function dynamic(others: Record<string, unknown>) {
  const graph = graphOf({
    Parameters: { Given: { Type: 'String' } },
    Resources: { Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' }, ...others },
  });
  const [group] = graph.ofType('AWS::ElasticLoadBalancingV2::TargetGroup');
  return group && dynamicPortOf(group);
}

describe('the host port behind a target group', () => {
  it('changes where the bridge maps none or zero', () => {
    expect(dynamic({ Service: service(), Task: task({ ContainerPort: 80 }) })).toBe(true);
    expect(dynamic({ Service: service(), Task: task({ ContainerPort: 80, HostPort: 0 }) })).toBe(true);
  });

  it('stays where it is mapped, or each task has an address of its own', () => {
    expect(dynamic({ Service: service(), Task: task({ ContainerPort: 80, HostPort: 8080 }) })).toBe(false);
    expect(
      dynamic({ Service: service(), Task: task({ ContainerPort: 80 }, { NetworkMode: 'awsvpc' }) }),
    ).toBe(false);
  });

  it('is not asked where no service registers', () => {
    expect(dynamic({})).toBeUndefined();
  });

  it('changes for the group when it does for one of two services', () => {
    const two = {
      Service: service(),
      Other: { ...service(), Properties: { ...service().Properties, TaskDefinition: { Ref: 'OtherTask' } } },
      Task: task({ ContainerPort: 80, HostPort: 8080 }),
      OtherTask: task({ ContainerPort: 80 }),
    };
    expect(dynamic(two)).toBe(true);
  });

  it('is the same parameter wherever that is named', () => {
    const port = { Ref: 'Given' };
    expect(dynamic({ Service: service(port), Task: task({ ContainerPort: port, HostPort: 8080 }) })).toBe(
      false,
    );
  });

  it('is unknown where the mapping cannot be found', () => {
    expect(dynamic({ Service: service({ Ref: 'Given' }), Task: task({ ContainerPort: 80 }) })).toBeInstanceOf(
      Unknown,
    );
    expect(dynamic({ Service: service() })).toBeInstanceOf(Unknown);
  });
});
