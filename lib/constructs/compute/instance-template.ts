import { EbsDeviceVolumeType } from 'aws-cdk-lib/aws-autoscaling';
import {
  BlockDeviceVolume,
  type IMachineImage,
  type InstanceType,
  LaunchTemplate,
  SecurityGroup,
  type UserData,
} from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeInlinePolicy, acknowledgeNag } from '../governance/nag';
import type { PlacedNetwork } from '../network/placed-network';
import { rootDevice } from './root-device';

/** What an instance is made of. */
export interface InstanceTemplateProps {
  /** What runs. */
  readonly machineImage: IMachineImage;

  /** The types that it may run on, of one architecture, the preferred first. A zone may run out of one: name two or more. */
  readonly instanceTypes: InstanceType[];

  /**
   * What an instance does when it starts.
   *
   * @default - nothing but what the image does
   */
  readonly userData?: UserData;

  /**
   * The size of the root volume, in GiB. It holds no data: it goes with its instance.
   *
   * @default 20
   */
  readonly rootVolumeGiB?: number;

  /**
   * What the image calls its root volume. A name that it does not have makes a second volume, and the root stays as it is
   * in the image: perhaps not encrypted.
   *
   * @default - '/dev/sda1' for images of Windows, '/dev/xvda' for those of Amazon Linux; '/dev/xvda' with a warning for others
   */
  readonly rootDeviceName?: string;
}

/** What instances are made from. @internal */
export interface InstanceTemplate {
  readonly launchTemplate: LaunchTemplate;
  readonly role: Role;
  readonly securityGroup: SecurityGroup;
}

/**
 * A template of instances without state: an encrypted root volume that goes with them, metadata by session token only,
 * no key pair, and a session by Session Manager for who may.
 *
 * @internal
 */
export function instanceTemplate(
  scope: Construct,
  network: PlacedNetwork,
  props: InstanceTemplateProps,
): InstanceTemplate {
  const { machineImage, instanceTypes, userData, rootVolumeGiB = 20 } = props;
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
  });
  acknowledgeNag(
    role,
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]',
    'What the agent of Systems Manager needs, which AWS keeps up to date; it opens no data of the account.',
  );
  acknowledgeInlinePolicy(role);
  const securityGroup = new SecurityGroup(scope, 'SecurityGroup', {
    vpc: network.vpc,
    description: `Instances of ${scope.node.path}`,
  });
  const [instanceType] = instanceTypes;
  const launchTemplate = new LaunchTemplate(scope, 'Template', {
    machineImage,
    role,
    securityGroup,
    requireImdsv2: true,
    detailedMonitoring: true,
    blockDevices: [
      {
        deviceName: rootDevice(scope, machineImage, props.rootDeviceName),
        volume: BlockDeviceVolume.ebs(rootVolumeGiB, {
          encrypted: true,
          deleteOnTermination: true,
          volumeType: EbsDeviceVolumeType.GP3,
        }),
      },
    ],
    ...(instanceType && { instanceType }),
    ...(userData && { userData }),
  });
  return { launchTemplate, role, securityGroup };
}
