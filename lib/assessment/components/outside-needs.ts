import { targetsOfHost } from '../../assembly/dns/dns-targets';
import type { Graph } from '../../assembly/graph';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import type { AssumptionName } from '../../calculus/likelihood';
import { DependencyKind } from '../../objectives/dependency';
import { declaredFor } from '../declared';
import { anyOf, type Failure, NEVER } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { leaveOpen } from '../open-dependencies';
import { thirdPartyFails } from '../third-parties';
import { hostFails } from './outside';
import type { Lead } from './outside-leads';
import { sharedElsewhereFails } from './shared-services';

/**
 * What a variable leads to outside of the app. What the service declares of it holds; else what is surely needed counts,
 * as what promises nothing, and the rest is left open, and said.
 */
export function leadFails(lead: Lead, resource: Resource, model: Modelling): Failure {
  const declared = declaredFor(resource, lead, model.services);
  if (declared) {
    // A service that is declared counts with all that it is made of, where the service as a whole does.
    const party = declared.kind === DependencyKind.HARD ? declared.thirdParty : undefined;
    return party ? thirdPartyFails(party, model) : NEVER;
  }
  if (!lead.counts) {
    leaveOpen(model, { resource, by: lead.variable, leadsTo: lead.what });
    return NEVER;
  }
  model.assume(
    `${lead.variable} of ${nameOf(resource)} leads out of the app: ${lead.what}; its availability is assumed`,
    resource,
  );
  return answerFails(lead, resource, model);
}

function answerFails({ host, shared, region, what }: Lead, resource: Resource, model: Modelling): Failure {
  if (shared !== undefined) return sharedElsewhereFails(shared, region ?? regionKey(resource), model);
  if (host === undefined) return unnamedFails(what, resource, model);
  const assumption = isOfOurs(host, resource.stack.graph) ? 'withoutAgreement' : 'thirdParty';
  return anyOf(
    ...targetsOfHost(host, resource).map((target) =>
      typeof target.what === 'string'
        ? hostFails(target.what, target.region, { model, assumption })
        : model.of(target.what as Resource, resource),
    ),
  );
}

/** What is known by an import or a parameter only is one thing for all stacks that have it from there. */
function unnamedFails(what: string, { stack }: Resource, model: Modelling): Failure {
  const shared = what.startsWith('import ');
  return model.event({
    id: shared ? `service:${what}` : `service:${stack.id}: ${what}`,
    kind: 'service',
    what,
    resources: [],
    likelihood: model.assumption('withoutAgreement' satisfies AssumptionName),
  });
}

const PRIVATE =
  /^[^.]+$|\.(internal|local|lan|intranet|corp|private|home\.arpa|amazonaws\.com(\.cn)?|on\.aws|cloudfront\.net|awsglobalaccelerator\.com)$|^\d+(\.\d+){3}$/;

/** Whether a host is run by the same people: a name within their network, or beside names that the app has. */
function isOfOurs(host: string, graph: Graph): boolean {
  return (
    PRIVATE.test(host) || ownDomains(graph).some((domain) => host === domain || host.endsWith(`.${domain}`))
  );
}

const ownDomains = oncePerGraph((graph: Graph): readonly string[] =>
  graph
    .ofType('AWS::Route53::HostedZone')
    .map((zone) => zone.text('Name'))
    .filter((name) => typeof name === 'string')
    .map((name) => name.toLowerCase().replace(/\.$/, '')),
);
