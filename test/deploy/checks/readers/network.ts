import {
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  type EC2Client,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import type { Reader } from './reader';

/** Where a network really is: in which zone each subnet lies, and by which way it leaves. */
export const NETWORK_READERS: Readonly<Record<string, Reader>> = {
  'AWS::EC2::Subnet': async ({ physicalId }, { ec2 }) => {
    const { Subnets: [subnet] = [] } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [physicalId] }),
    );
    return subnet && { ...subnet };
  },

  'AWS::EC2::NatGateway': async ({ physicalId }, { ec2 }) => {
    const command = new DescribeNatGatewaysCommand({ NatGatewayIds: [physicalId] });
    const { NatGateways: [gateway] = [] } = await ec2.send(command);
    return gateway && { ...gateway, AllocationId: gateway.NatGatewayAddresses?.[0]?.AllocationId };
  },

  'AWS::EC2::Route': async ({ declared }, { ec2 }) => {
    const table = await routeTable(ec2, declared.RouteTableId);
    const route = table?.Routes?.find((each) => each.DestinationCidrBlock === declared.DestinationCidrBlock);
    return route && { ...route, RouteTableId: table?.RouteTableId };
  },

  // EC2 keeps associations in the route table; moto keeps those of CloudFormation where nobody can read them.
  'AWS::EC2::SubnetRouteTableAssociation': async ({ declared }, { ec2 }) => {
    const table = await routeTable(ec2, declared.RouteTableId);
    const association = table?.Associations?.find(({ SubnetId }) => SubnetId === declared.SubnetId);
    return table && { RouteTableId: table.RouteTableId, SubnetId: association?.SubnetId };
  },
};

async function routeTable(ec2: EC2Client, id: unknown): Promise<RouteTable | undefined> {
  const { RouteTables: [table] = [] } = await ec2.send(
    new DescribeRouteTablesCommand({ RouteTableIds: [String(id)] }),
  );
  return table;
}
