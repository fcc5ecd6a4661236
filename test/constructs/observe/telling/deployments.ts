const common = { version: '0', account: '111122223333', region: 'eu-west-1', time: '2026-11-23T06:00:00Z' };

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/6a7e8feb-b491-4cf7-a9f1-bf3703467718';
const SERVICE = 'arn:aws:ecs:eu-west-1:111122223333:service/shop/api';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html */
export function stackIs(status: string) {
  return {
    ...common,
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    resources: [STACK],
    detail: {
      'stack-id': STACK,
      'status-details': { status, 'status-reason': 'Resource "Api" <failed>\nto stabilise' },
      'client-request-token': 'deploy-42',
    },
  };
}

/** @see https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html */
export function codeDeployIs(state: string) {
  return {
    ...common,
    source: 'aws.codedeploy',
    'detail-type': 'CodeDeploy Deployment State-change Notification',
    resources: ['arn:aws:codedeploy:eu-west-1:111122223333:application:shop'],
    detail: {
      region: 'eu-west-1',
      deploymentId: 'd-123456789',
      instanceGroupId: '9fd2fbef-2157-40d8-91e7-6845af69e2d2',
      state,
      application: 'shop',
      deploymentGroup: 'production',
    },
  };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html */
export function pipelineIs(state: string) {
  return {
    ...common,
    source: 'aws.codepipeline',
    'detail-type': 'CodePipeline Pipeline Execution State Change',
    resources: ['arn:aws:codepipeline:eu-west-1:111122223333:shop'],
    detail: { pipeline: 'shop', version: 3, state, 'execution-id': '01234567-0123-0123-0123-012345678901' },
  };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
export function containersAre(eventName: string) {
  return {
    ...common,
    source: 'aws.ecs',
    'detail-type': 'ECS Deployment State Change',
    resources: [SERVICE],
    detail: {
      eventType: 'INFO',
      eventName,
      deploymentId: 'ecs-svc/123',
      updatedAt: '2026-11-23T05:59:59Z',
      reason: 'ECS deployment ecs-svc/123 in progress.',
    },
  };
}
