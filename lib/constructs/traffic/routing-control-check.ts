import { HealthCheck, HealthCheckType } from 'aws-cdk-lib/aws-route53';
import { Stack, Tags, Token } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { type Mistake, missing, quoted, refuse } from '../../objectives/mistakes';

/** Properties of a {@link RoutingControlCheck}. */
export interface RoutingControlCheckProps {
  /**
   * The ARN of this region's control: an output of the stack of {@link RoutingControls}, written down after it was
   * deployed.
   */
  readonly routingControlArn: string;
}

/**
 * The health check that follows this region's routing control: healthy while the control is on. It is made in the region's
 * own stack, for `switchedBy` of a {@link FailoverDns} or an {@link ActiveActiveDns} (people or a plan alone decide), or for
 * their `healthChecks` (people turn off what automation leaves on).
 *
 * Turn the control on before a record follows it: a control that was just made is off.
 *
 * @throws ConfigurationError for what is no ARN of a routing control, and for a control that another region follows
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.create-health-check.html
 */
export class RoutingControlCheck extends Construct {
  readonly healthCheck: HealthCheck;

  constructor(scope: Construct, id: string, props: RoutingControlCheckProps) {
    super(scope, id);
    const { path } = this.node;
    refuse(path, missing(props, 'routingControlArn'));
    const { routingControlArn } = props;
    refuse(path, [...arnMistakes(routingControlArn), ...sharedMistakes(this, routingControlArn)]);
    this.healthCheck = new HealthCheck(this, 'Check', {
      type: HealthCheckType.RECOVERY_CONTROL,
      routingControl: routingControlArn,
    });
    Tags.of(this.healthCheck).add('Name', `${path} ${Stack.of(this).region}`);
  }
}

function arnMistakes(arn: string): Mistake[] {
  if (Token.isUnresolved(arn) || CONTROL.test(arn)) return [];
  return [
    {
      problem: `routingControlArn is ${quoted(arn)}`,
      fix: 'write arn:aws:route53-recovery-control::ACCOUNT:controlpanel/ID/routingcontrol/ID, an output of RoutingControls',
    },
  ];
}

const FOLLOWERS = new WeakMap<IConstruct, Map<string, { region: string; path: string }>>();

/** Two regions that follow one control are left together. */
function sharedMistakes(check: Construct, arn: string): Mistake[] {
  const { root, path } = check.node;
  const followers = FOLLOWERS.get(root) ?? new Map<string, { region: string; path: string }>();
  FOLLOWERS.set(root, followers);
  const { region } = Stack.of(check);
  const other = followers.get(arn);
  followers.set(arn, { region, path });
  if (!other || other.region === region || Token.isUnresolved(arn)) return [];
  return [
    {
      problem: `${other.path} in ${other.region} follows the same control, so both regions are left together`,
      fix: 'give each region the ARN of its own control',
    },
  ];
}

const CONTROL =
  /^arn:aws[a-z-]*:route53-recovery-control::\d{12}:controlpanel\/[0-9a-zA-Z]+\/routingcontrol\/[0-9a-zA-Z]+$/;
