import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import { subnetsOf } from '../../assembly/network/networks';
import { defaultRouteOf } from '../../assembly/network/routes';
import { ZoneSet } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

const DIRECTORY = 'DirectoryId';

export const desktopsSpanZones: Rule = {
  id: 'WSP-01',
  title: 'Desktops stand in private subnets in two zones, which reach the internet through NAT gateways.',
  kind: 'redundancy',
  why: 'When the one zone is lost, all desktops are.',
  fix: 'give the network of the directory private subnets in two zones, with a route to a NAT gateway',
  severity: LOW,
  appliesTo: ['AWS::WorkSpaces::Workspace'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-vpc.html'],
  check: (workspace) => {
    const directory = workspace.target(DIRECTORY);
    if (!(directory instanceof Resource)) return unknown(DIRECTORY, directory ?? 'no directory is named');
    const network = directory.target('VpcSettings.VpcId');
    return network instanceof Resource
      ? judgeNetwork(network)
      : unknown(DIRECTORY, network ?? `${directory.logicalId} names no network`);
  },
};

function judgeNetwork(network: Resource): Judgement {
  const { sure, maybe, hidden } = subnetsOf(network);
  if (sure.length + maybe.length === 0)
    return unknown(undefined, hidden ?? `the app has no subnet of ${network.logicalId}`);
  const routes = sure.map((subnet) => ({ subnet, route: defaultRouteOf(subnet) }));
  const translated = routes.filter(({ route }) => leadsToNat(route));
  const zones = ZoneSet.union(translated.map(({ subnet }) => subnet.zones));
  if (zones.least >= 2) return pass({ found: `private subnets in ${zones.describe()}` });
  const doubt = routes.map(({ route }) => route).find((route) => route instanceof Unknown) ?? hidden;
  if (doubt instanceof Unknown) return unknown(undefined, doubt);
  if (maybe.length > 0 || zones.most >= 2)
    return unknown(undefined, zones.unknowns[0] ?? 'which subnets the network has is known only at deploy');
  return fail({
    found: `private subnets with a NAT gateway in ${zones.describe()}`,
    needed: 'private subnets with a NAT gateway in 2 zones',
  });
}

function leadsToNat(route: ReturnType<typeof defaultRouteOf>): boolean {
  return route !== undefined && !(route instanceof Unknown) && route.kind === 'nat';
}
