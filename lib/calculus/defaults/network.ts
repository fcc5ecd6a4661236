import type { ServiceDefaults } from '../service-default';

const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const FIREWALL = `${REFERENCE}/aws-resource-networkfirewall-firewall.html`;

/** What the services of this area take where a property is left out. @internal */
export const NETWORK_DEFAULTS: ServiceDefaults = {
  'AWS::EC2::VPCEndpoint': {
    VpcEndpointType: { value: 'Gateway', source: `${REFERENCE}/aws-resource-ec2-vpcendpoint.html` },
  },
  'AWS::NetworkFirewall::Firewall': {
    AvailabilityZoneChangeProtection: { value: false, source: FIREWALL },
    DeleteProtection: { value: false, source: FIREWALL },
    SubnetChangeProtection: { value: false, source: FIREWALL },
  },
};
