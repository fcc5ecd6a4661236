import type { DnsRecord } from '../../assembly/dns/dns-record';
import { sameProperty } from '../../assembly/dns/dns-record';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import type { Json } from '../../assembly/source/source';
import type { Stack } from '../../assembly/stack';
import { describe, Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { HEALTH_CHECKS } from '../control-families';
import { eachFailoverRecord, eachPartner, eachRecord, otherSide, partnersOf } from '../failover-records';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const RECORDS = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'];
const CHECKS_PAGE = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html';

export const failoverRecordHasPartner: Rule = {
  id: 'R53-01',
  title: 'Failover records come in pairs, PRIMARY and SECONDARY.',
  kind: 'redundancy',
  why: 'A failover record without its other side has nowhere to send users when its target is gone.',
  fix: 'add the other record with the same zone, name and type',
  severity: HIGH,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [CHECKS_PAGE],
  check: (resource) =>
    eachFailoverRecord(resource, (record, role) => {
      const partners = partnersOf(record, role);
      const property = record.property('Failover');
      if (partners.sure.length > 0) return pass({ property, found: role });
      if (partners.unknown !== undefined) return unknown(property, partners.unknown);
      return fail({
        property,
        found: `${role} for ${record.label} alone`,
        needed: `a ${otherSide(role)} record of the same zone, name and type`,
      });
    }),
};

export const failoverPairHasTwoHealthChecks: Rule = {
  id: 'R53-02',
  title: 'PRIMARY and SECONDARY are judged by different health checks.',
  kind: 'redundancy',
  why: 'When one check judges both sides, both turn unhealthy together, and users stay on the broken one.',
  fix: 'give each record a health check of its own target',
  severity: HIGH,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [CHECKS_PAGE],
  check: (resource) =>
    eachFailoverRecord(resource, (record, role) =>
      all(...eachPartner(record, role, (partner) => differentChecks(record, partner))),
    ),
};

export const healthCheckedRecordIsShortLived: Rule = {
  id: 'R53-03',
  title: 'Records that fail over live in caches for no longer than their tier allows.',
  kind: 'redundancy',
  why: 'Resolvers send users to the dead target until the record in their cache expires.',
  fix: 'set the TTL to 60 s, or to no more than the tier allows',
  severity: MEDIUM,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [AWS_FACTS.route53RecommendedTtlSeconds.source],
  check: (resource, { service }) => {
    const limit = Math.max(
      AWS_FACTS.route53RecommendedTtlSeconds.value,
      service.policy.dnsTtl.value.toSeconds(),
    );
    return eachRecord(resource, (record) => shortLived(record, limit));
  },
};

export const healthCheckIsProvided: Rule = {
  id: 'R53-04',
  title: 'Health checks of records come from the app, an import or a parameter.',
  kind: 'redundancy',
  why: 'The check behind a literal id may be deleted unnoticed; its record then never fails over.',
  fix: 'refer to a health check of the app, import it or pass it as a parameter',
  severity: MEDIUM,
  appliesTo: RECORDS,
  controls: HEALTH_CHECKS,
  sources: [CHECKS_PAGE],
  check: (resource) => eachRecord(resource, checkIsProvided),
};

function differentChecks(record: DnsRecord, partner: DnsRecord): Judgement {
  const property = record.property('HealthCheckId');
  const [own, theirs] = [record.healthCheck, partner.healthCheck];
  if (own === undefined || theirs === undefined) return pass({ property, found: 'no shared health check' });
  const same =
    own instanceof Resource && theirs instanceof Resource
      ? own === theirs
      : sameProperty(record, partner, 'HealthCheckId');
  if (same === false) return pass({ property, found: 'two health checks' });
  const check = describe(record.healthCheckId);
  if (same === undefined)
    return unknown(property, `whether ${check} and ${describe(partner.healthCheckId)} are one health check`);
  return fail({
    property,
    found: `${check}, also the check of the ${describe(partner.get('Failover'))} record`,
    needed: 'a health check of its own',
  });
}

function shortLived(record: DnsRecord, limit: number): Judgement {
  const moved = movedByHealth(record);
  if (moved === false) return notApplicable(`${record.label} has neither failover nor health check`);
  const property = record.property('TTL');
  const alias = record.isAlias;
  if (alias === true) return pass({ property: record.property('AliasTarget'), found: 'an alias, 60 s' });
  if (record.ttl === undefined)
    return unknown(
      property,
      alias instanceof Unknown ? alias : `${record.label} has no TTL: no alias may do without`,
    );
  const judgement = record.resource.atMost(property, limit, { unit: 's' });
  const open = moved instanceof Unknown ? moved : alias instanceof Unknown ? alias : undefined;
  return judgement.outcome === 'fail' && open ? unknown(property, open) : judgement;
}

/** Whether a record's answers change with the health of something. */
function movedByHealth(record: DnsRecord): boolean | Unknown {
  const parts = [record.failover, record.healthCheckId];
  const sure = parts.some((part) => part !== undefined && !(part instanceof Unknown && part.maybeAbsent));
  return sure || (parts.find((part) => part instanceof Unknown) ?? false);
}

function checkIsProvided(record: DnsRecord): Judgement {
  const property = record.property('HealthCheckId');
  const id = record.healthCheckId;
  if (id === undefined) return notApplicable(`${record.label} has no health check`);
  const check = record.healthCheck;
  if (check instanceof Resource) {
    const exists = existsWith(check, record.resource);
    return exists === true ? pass({ property, found: check.logicalId }) : unknown(property, exists);
  }
  const origin = originOf(record.raw('HealthCheckId'), record.resource.stack);
  if (origin === 'provided') return pass({ property, found: describe(id) });
  if (origin instanceof Unknown) return unknown(property, origin);
  return fail({
    property,
    found: `the literal id ${describe(id)}`,
    needed: 'a health check of the app, an import or a parameter',
  });
}

/** Where a value comes from: from outside its place, or written there as it is. */
function originOf(json: Json | undefined, stack: Stack): 'provided' | 'literal' | Unknown {
  if (typeof json === 'string') return json.includes('{{resolve:') ? 'provided' : 'literal';
  if (json === undefined || json === null || typeof json !== 'object')
    return new Unknown('how the template comes to the health check is known only at deploy');
  const [name = '', argument = null] = Object.entries(json)[0] ?? [];
  if (name === 'Fn::If' && Array.isArray(argument)) return originOfBranch(argument, stack);
  if (name === 'Fn::Transform') return new Unknown('Fn::Transform writes the health check at deploy');
  return mentionsProvider(json) ? 'provided' : 'literal';
}

function originOfBranch(argument: readonly Json[], stack: Stack): 'provided' | 'literal' | Unknown {
  const [condition, yes, no] = argument;
  const truth =
    typeof condition === 'string' ? stack.condition(condition) : new Unknown('Fn::If names no condition');
  if (typeof truth === 'boolean') return originOf(truth ? yes : no, stack);
  const [first, second] = [originOf(yes, stack), originOf(no, stack)];
  return first === second ? first : truth;
}

const PROVIDERS = ['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetStackOutput'];

function mentionsProvider(json: Json): boolean {
  if (json === null || typeof json !== 'object') return String(json).includes('{{resolve:');
  return Object.entries(json).some(
    ([key, value]) =>
      PROVIDERS.includes(key) || (key === 'Fn::Sub' ? substitutesProvider(value) : mentionsProvider(value)),
  );
}

/** A variable of the function's own comes from where its value does; other names are those of resources and parameters. */
function substitutesProvider(argument: Json): boolean {
  const [text = null, given = null] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return mentionsProvider(text);
  const variables = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.trim());
  return (
    mentionsProvider(text) ||
    names.some((name) => !Object.hasOwn(variables, name) || mentionsProvider(variables[name] ?? null))
  );
}
