import { type DnsTarget, targetsOfHost } from '../../assembly/dns/dns-targets';
import { standsFor } from '../../assembly/iam/iam-resources';
import { Resource } from '../../assembly/resource';
import { isList, isMap, type Value, type ValueMap, wordOf } from '../../assembly/value';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { usually } from '../switching/by-people';
import { notThrough } from '../switching/not-through';
import {
  configured,
  isSameId,
  membersOf,
  originGroupsOf,
  originOf,
  triesOf,
} from '../switching/origin-group';
import { promotionBehind, regionsAmong } from '../switching/promotion';
import { whyFilesOnly } from './dns-names/files-only';
import { hostNameFails } from './dns-names/record-target';
import { besides } from './dns-names/routing';
import { storesAmong, whyDataDiffers } from './dns-names/stores-led-to';
import { sharedByAllFails } from './shared-services';

const CONFIG = 'DistributionConfig';

/** A distribution: itself, and what each of its behaviours gets its answers from. */
const DISTRIBUTION: Component = {
  types: ['AWS::CloudFront::Distribution'],
  part: (distribution) => (wordOf(distribution.get(`${CONFIG}.Staging`)) === 'true' ? 'support' : 'entry'),
  fails: (distribution, model) =>
    anyOf(
      sharedByAllFails('cloudfront', distribution, model),
      ...behavioursOf(distribution).map((behaviour) => behaviourFails(distribution, behaviour, model)),
      ...edgeFunctionsOf(distribution).map((handler) => model.of(handler)),
    ),
};

/** One tenant of a distribution of many. */
const TENANT: Component = {
  types: ['AWS::CloudFront::DistributionTenant'],
  part: 'entry',
  fails: (tenant, model) => {
    const distribution = tenant.target('DistributionId');
    return distribution instanceof Resource
      ? model.of(distribution)
      : sharedByAllFails('cloudfront', tenant, model);
  },
};

export const EDGE: readonly Component[] = [DISTRIBUTION, TENANT];

function behavioursOf(distribution: Resource): readonly ValueMap[] {
  return ['DefaultCacheBehavior', 'CacheBehaviors'].flatMap((path) => configured(distribution, path));
}

function behaviourFails(distribution: Resource, behaviour: ValueMap, model: Modelling): Failure {
  const { TargetOriginId: id } = behaviour;
  const group = originGroupsOf(distribution).find(({ Id: own }) => isSameId(own, id));
  if (!group) return originFails(distribution, id, model);
  const members = membersOf(group);
  const [first] = members;
  const fails = members.map((member) => originFails(distribution, member, model));
  const why = whyNotAlways(group, behaviour) ?? whyOriginsDiffer(distribution, members);
  if (why !== undefined) {
    model.assume(`the origin group of ${nameOf(distribution)} does not help: ${why}`, distribution);
    return besides(originFails(distribution, first, model), anyOf(...fails.slice(1)));
  }
  return anyOf(allOf(...fails), allOf(fails[0] ?? anyOf(), secondAwaited(distribution, group, model)));
}

/** Each request waits for the first origin before the second is asked, and that may answer only once it was promoted. */
function secondAwaited(distribution: Resource, group: ValueMap, model: Modelling): Failure {
  const [first, ...others] = membersOf(group);
  const [from, to] = [[first], others].map((members) =>
    regionsAmong(members.flatMap((member) => targetsOfOrigin(distribution, member))),
  );
  const way = { way: distribution, from: from ?? new Set(), to: to ?? new Set(), reads: true };
  const tries = triesOf(distribution, first);
  const usersOf = nameOf(distribution);
  model.assume(
    `${usersOf} asks the second origin for each request that the first one fails, up to ${tries.worstSeconds} s later: there is no switch that could fail, but only reads are asked again`,
    distribution,
  );
  return notThrough(
    {
      id: `${usersOf} ${wordOf(group.Id)}`.trim(),
      usersOf,
      broken: 'the first origin',
      resources: [distribution],
      led: [usually(tries)],
      promotion: promotionBehind(way, model),
    },
    model,
  );
}

const WRITES: readonly string[] = ['DELETE', 'PATCH', 'POST', 'PUT'];

/** An origin that does not answer counts as one of these. */
const NO_ANSWER: readonly string[] = ['502', '503', '504'];

/**
 * Why the second origin of a group is not asked when the first is gone.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
function whyNotAlways(group: ValueMap, { AllowedMethods: methods }: ValueMap): string | undefined {
  if (isList(methods) && methods.some((method) => WRITES.includes(wordOf(method))))
    return 'its behaviour takes writes, and those are never asked again';
  const criteria = isMap(group.FailoverCriteria) ? group.FailoverCriteria.StatusCodes : undefined;
  const codes = isMap(criteria) ? criteria.Items : undefined;
  if (isList(codes) && !codes.some((code) => NO_ANSWER.includes(wordOf(code))))
    return `no status code of its criteria (${codes.map(String).join(', ')}) stands for an origin that does not answer`;
  return undefined;
}

/** What another origin answers with is another thing where its bucket is filled by itself, or is a bucket at all. */
function whyOriginsDiffer(distribution: Resource, members: readonly Value[]): string | undefined {
  const [serving = [], ...others] = members.map((member) => targetsOfOrigin(distribution, member));
  const stores = storesAmong(serving, distribution);
  const whys = others.map(
    (other) => whyDataDiffers(stores, storesAmong(other, distribution)) ?? whyFilesOnly(serving, other),
  );
  return whys.every((why) => why !== undefined) ? whys[0] : undefined;
}

function targetsOfOrigin(distribution: Resource, id: Value | undefined): readonly DnsTarget[] {
  const domain = originOf(distribution, id)?.DomainName;
  return domain === undefined ? [] : targetsOfHost(domain, distribution);
}

function originFails(distribution: Resource, id: Value | undefined, model: Modelling): Failure {
  const domain = originOf(distribution, id)?.DomainName;
  if (domain === undefined) {
    model.assume(`an origin of ${nameOf(distribution)} is not in the app, and not counted`, distribution);
    return anyOf();
  }
  return hostNameFails(domain, distribution, model);
}

/** Functions that run at the edge for each request. */
function edgeFunctionsOf(distribution: Resource): readonly Resource[] {
  const named = distribution.references
    .map(({ reference }) => reference.resource)
    .filter(({ type }) => type === 'AWS::Lambda::Version');
  return [...new Set(named.map(standsFor))];
}
