import { type DnsTarget, describeTarget, sharesFate, targetsOfHost } from '../../assembly/dns/dns-targets';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isList, isMap, isScalar, Unknown, type Value, wordOf } from '../../assembly/value';
import { HEALTH_CHECKS } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const CONFIG = 'DistributionConfig';

/** What a broken origin, or one that cannot be reached in time, answers. */
const ERRORS: readonly string[] = ['500', '502', '503', '504'];

/** CloudFront asks the second origin for nothing that writes. */
const WRITES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

export const originGroupsFailOver: Rule = {
  id: 'X-10',
  title:
    'Origin groups fail over on server errors, to another region, and no behaviour that writes relies on them.',
  kind: 'redundancy',
  why: 'An origin group that stays with a broken origin, or leads to one that is lost with it, is no failover. Requests that write never fail over.',
  fix: 'fail over on 500, 502, 503 and 504 to an origin in another region, and send writes to an origin of their own',
  severity: HIGH,
  appliesTo: ['AWS::CloudFront::Distribution'],
  controls: HEALTH_CHECKS,
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html',
  ],
  check: (distribution) => {
    const property = `${CONFIG}.OriginGroups.Items`;
    const groups = distribution.list(property);
    if (groups instanceof Unknown) return unknown(property, groups);
    if (groups.length === 0) return notApplicable('the distribution has no origin group');
    return groups.flatMap((group, index) => {
      const at = `${property}.${index}`;
      if (!isMap(group)) return [unknown(at, group instanceof Unknown ? group : 'the group cannot be read')];
      return [
        judgeErrors(distribution, at),
        judgeMembers(distribution, at),
        judgeBehaviours(distribution, group.Id),
      ];
    });
  },
};

function judgeErrors(distribution: Resource, group: string): Judgement {
  const property = `${group}.FailoverCriteria.StatusCodes.Items`;
  const codes = distribution.list(property);
  if (codes instanceof Unknown) return unknown(property, codes);
  const missing = ERRORS.filter((code) => !codes.some((known) => isScalar(known) && String(known) === code));
  if (missing.length === 0) return pass({ property, found: ERRORS.join(', ') });
  const open = codes.filter((code) => !isScalar(code));
  if (open.length >= missing.length) return unknown(property, 'a status code is known only at deploy');
  return fail({ property, found: `no failover on ${missing.join(', ')}`, needed: ERRORS.join(', ') });
}

function judgeMembers(distribution: Resource, group: string): Judgement {
  const property = `${group}.Members.Items`;
  const members = distribution.list(property);
  if (members instanceof Unknown) return unknown(property, members);
  const targets = members.map((member) =>
    originOf(distribution, isMap(member) ? member.OriginId : undefined),
  );
  const [primary, secondary] = targets;
  if (primary instanceof Unknown) return unknown(property, primary);
  if (secondary instanceof Unknown) return unknown(property, secondary);
  if (!primary || !secondary)
    return unknown(property, 'CloudFront refuses a group of fewer than two origins');
  const shared = sharesFate(primary, secondary);
  const found = `${describeTarget(primary)} and ${describeTarget(secondary)}`;
  if (shared === false) return pass({ property, found });
  return shared
    ? fail({ property, found, needed: 'origins in two regions' })
    : unknown(property, whyUntold([primary, secondary]));
}

function whyUntold(targets: readonly DnsTarget[]): Unknown | string {
  const unknowns = targets.flatMap(({ what, region }) => [what, region]);
  return (
    unknowns.find((item) => item instanceof Unknown) ?? 'the regions of the origins are known only at deploy'
  );
}

/** The one target of an origin. */
function originOf(distribution: Resource, id: Value | undefined): DnsTarget | Unknown {
  if (id === undefined || !isScalar(id)) return new Unknown('which origin is meant is known only at deploy');
  const origins = distribution.get(`${CONFIG}.Origins`);
  const open = new Unknown(`origin ${String(id)} is known only at deploy`);
  if (!isList(origins)) return origins instanceof Unknown ? origins : open;
  const named = origins.find((origin) => isMap(origin) && origin.Id === id);
  const host = isMap(named) ? named.DomainName : undefined;
  const [target, another] = host === undefined ? [] : targetsOfHost(host, distribution);
  return target && another === undefined ? target : open;
}

/** Behaviours that write and rely on the group. */
function judgeBehaviours(distribution: Resource, group: Value | undefined): Judgement {
  const list = distribution.list(`${CONFIG}.CacheBehaviors`);
  const others = list instanceof Unknown ? [] : list.map((_, index) => `${CONFIG}.CacheBehaviors.${index}`);
  const judged = [`${CONFIG}.DefaultCacheBehavior`, ...others].map((path) =>
    judgeBehaviour(distribution, path, group),
  );
  return all(...judged, ...(list instanceof Unknown ? [unknown(`${CONFIG}.CacheBehaviors`, list)] : []));
}

function judgeBehaviour(distribution: Resource, path: string, group: Value | undefined): Judgement {
  const origin = distribution.get(`${path}.TargetOriginId`);
  if (isScalar(origin) && isScalar(group) && origin !== group)
    return notApplicable('the behaviour has another origin');
  const property = `${path}.AllowedMethods`;
  const methods = distribution.list(property);
  if (methods instanceof Unknown) return unknown(property, methods);
  const writes = methods.filter((method) => WRITES.includes(wordOf(method)));
  if (writes.length > 0)
    return isScalar(origin) && isScalar(group)
      ? fail({ property, found: writes.join(', '), needed: 'GET, HEAD and OPTIONS only, which fail over' })
      : unknown(`${path}.TargetOriginId`, 'the origin of a behaviour is known only at deploy');
  const open = methods.find((method) => !isScalar(method));
  return open === undefined ? pass({ property }) : unknown(property, 'a method is known only at deploy');
}
