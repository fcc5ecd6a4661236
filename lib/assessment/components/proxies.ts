import { valuesAt, ZoneSet, zonesOfTarget } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';

/** A proxy in front of databases: it runs over the zones of its subnets, and needs what it leads to. */
const PROXY: Component = {
  types: ['AWS::RDS::DBProxy'],
  part: 'support',
  fails: (proxy, model) => anyOf(ownFails(proxy, model), behindFails(proxy, model)),
};

/** Another address of a proxy, in subnets of its own. */
const PROXY_ENDPOINT: Component = {
  types: ['AWS::RDS::DBProxyEndpoint'],
  part: 'support',
  fails: (endpoint, model) => {
    const proxy = endpoint.target('DBProxyName');
    const found = proxy instanceof Resource ? model.of(proxy, endpoint) : anyOf();
    return anyOf(ownFails(endpoint, model), found);
  },
};

export const PROXIES: readonly Component[] = [PROXY, PROXY_ENDPOINT];

function ownFails(proxy: Resource, model: Modelling): Failure {
  const likelihood = model.assumption('withoutAgreement');
  const [only, ...others] = model.zoneNames(proxy, zonesOf(proxy), 2);
  if (only === undefined) return model.regional(proxy, likelihood);
  return others.length === 0
    ? model.zonal(proxy, only, likelihood)
    : anyOf(model.regional(proxy, likelihood), model.allZones(proxy, [only, ...others]));
}

function zonesOf(proxy: Resource): ZoneSet {
  return ZoneSet.union(valuesAt(proxy, 'VpcSubnetIds').map((value) => zonesOfTarget(proxy, value)));
}

/** The databases that a proxy leads to, as its target group says. */
function behindFails(proxy: Resource, model: Modelling): Failure {
  const groups = proxy.stack.graph
    .mentionsOf(proxy, 'AWS::RDS::DBProxyTargetGroup')
    .map(({ from }) => from)
    .filter((group) => group.target('DBProxyName') === proxy);
  const databases = groups.flatMap((group) => [
    ...group.targets('DBClusterIdentifiers').resources,
    ...group.targets('DBInstanceIdentifiers').resources,
  ]);
  if (databases.length === 0)
    model.assume(`the databases behind ${nameOf(proxy)} are not in the app, and not counted`, proxy);
  return anyOf(...[...new Set(databases)].map((database) => model.of(database, proxy)));
}
