import type { Mistake } from '../../../../objectives/mistakes';
import {
  accountOf,
  block,
  formMistakes,
  regionMistakes,
  type SwitchBlock,
  SwitchPhase,
  type SwitchStepProps,
} from '../switch-block';

/** Properties of a step that moves traffic with health checks that the plan makes. */
export interface Route53HealthCheckStepProps extends SwitchStepProps {
  /** The hosted zone by its id. */
  readonly hostedZoneId: string;

  /** The full name of the records: `shop.example.com`. */
  readonly recordName: string;

  /**
   * The set identifier of the record of each region.
   *
   * @default - Region switch finds it by the code of the region in it, as in those of `FailoverDns`
   */
  readonly setIdentifiers?: Readonly<Record<string, string>>;

  /**
   * The account of the hosted zone.
   *
   * @default - that of the plan
   */
  readonly hostedZoneAccount?: string;
}

/** A routing control, and how it stands once its region is active. */
export interface RoutingControlState {
  readonly arn: string;
  readonly on: boolean;
}

/** Properties of a step that moves traffic with routing controls. */
export interface RoutingControlStepProps extends SwitchStepProps {
  /** The ARN of the cluster that the controls are on. */
  readonly clusterArn: string;

  /** For each region, how controls stand once it is active. */
  readonly controls: Readonly<Record<string, readonly RoutingControlState[]>>;
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/route53-health-check-block.html @internal */
export function route53HealthCheck(props: Route53HealthCheckStepProps): SwitchBlock {
  const { hostedZoneId, recordName, setIdentifiers, hostedZoneAccount } = props;
  const own = block(props, {
    type: 'Route53HealthCheck',
    phase: SwitchPhase.TRAFFIC,
    usualMinutes: 5,
    extraMistakes: [
      ...formMistakes(
        `${props.name}: hostedZoneId`,
        hostedZoneId,
        /^[A-Z0-9]{1,32}$/,
        'its id alone: Z1D633PJN98FT9',
      ),
      ...formMistakes(
        `${props.name}: recordName`,
        recordName,
        /^.{1,1024}$/,
        'a full name: shop.example.com',
      ),
    ],
    permissions: (site) => [
      {
        actions: ['route53:ListResourceRecordSets'],
        resources: [`arn:${site.partition}:route53:::hostedzone/${hostedZoneId}`],
        account: hostedZoneAccount,
      },
    ],
    render: (site, timeoutMinutes) => ({
      route53HealthCheckConfig: {
        hostedZoneId,
        recordName,
        timeoutMinutes,
        ...(setIdentifiers && {
          recordSets: Object.entries(setIdentifiers).map(([region, recordSetIdentifier]) => ({
            region,
            recordSetIdentifier,
          })),
        }),
        ...site.access(hostedZoneAccount),
      },
    }),
  });
  return {
    ...own,
    recordName,
    hostedZoneId,
    accounts: () => (hostedZoneAccount === undefined ? [] : [hostedZoneAccount]),
    mistakes: (regions) => [
      ...own.mistakes(regions),
      ...(setIdentifiers ? regionMistakes(`${props.name}: setIdentifiers`, setIdentifiers, regions) : []),
    ],
  };
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_arc_routing.html @internal */
export function routingControl(props: RoutingControlStepProps): SwitchBlock {
  const { clusterArn, controls } = props;
  const account = accountOf(clusterArn);
  const arns = [
    ...new Set(
      Object.values(controls)
        .flat()
        .map(({ arn }) => arn),
    ),
  ].sort();
  const panels = [...new Set(arns.map((arn) => arn.replace(/\/routingcontrol\/.*$/, '')))];
  const own = block(props, {
    type: 'ARCRoutingControl',
    phase: SwitchPhase.TRAFFIC,
    usualMinutes: 5,
    extraMistakes: controlMistakes(props),
    permissions: () => [
      {
        actions: [
          'route53-recovery-control-config:DescribeControlPanel',
          'route53-recovery-control-config:DescribeCluster',
        ],
        resources: [...panels, clusterArn],
        account,
      },
      {
        actions: [
          'route53-recovery-cluster:GetRoutingControlState',
          'route53-recovery-cluster:UpdateRoutingControlStates',
        ],
        resources: arns,
        account,
      },
    ],
    render: (site, timeoutMinutes) => ({
      arcRoutingControlConfig: {
        regionAndRoutingControls: Object.fromEntries(
          Object.entries(controls).map(([region, states]) => [
            region,
            states.map(({ arn, on }) => ({ routingControlArn: arn, state: on ? 'On' : 'Off' })),
          ]),
        ),
        timeoutMinutes,
        ...site.access(account),
      },
    }),
  });
  return {
    ...own,
    accounts: () => (account === undefined ? [] : [account]),
    mistakes: (regions) => [
      ...own.mistakes(regions),
      ...regionMistakes(`${props.name}: controls`, controls, regions),
    ],
  };
}

function controlMistakes({ name, controls }: RoutingControlStepProps): Mistake[] {
  return Object.entries(controls).flatMap(([region, states]) => [
    ...(states.some(({ on }) => on)
      ? []
      : [
          {
            problem: `${name}: no routing control is on when ${region} is active`,
            fix: `turn on the control of ${region}`,
          },
        ]),
    ...states.flatMap(({ arn }) =>
      formMistakes(
        `${name}: a control of ${region}`,
        arn,
        /:controlpanel\/[^/]+\/routingcontrol\/[^/]+$/,
        'arn:aws:route53-recovery-control::<account>:controlpanel/<id>/routingcontrol/<id>',
      ),
    ),
  ]);
}
