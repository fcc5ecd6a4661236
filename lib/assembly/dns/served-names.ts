import { listenersOf, loadBalancerType } from '../compute/load-balancing';
import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { inSameRegion } from '../same-place';
import { sameToken } from '../same-token';
import { negated, someTruth } from '../truth';
import { isList, isMap, isScalar, Unknown, type Value } from '../value';
import { normalisedName } from './dns-record';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** Why a load balancer without listeners for TLS needs no certificate. */
export const SPEAKS_NO_TLS = 'the load balancer speaks no TLS';

/** Whether an endpoint serves a name; a text says why it serves any. */
export type Serves = Truth | string;

/**
 * Whether an endpoint may answer for a name: by a certificate of its region, or by a domain of an API or a user pool.
 *
 * Endpoints that ask for no certificate serve any name.
 */
export function servesName(endpoint: Resource, name: Value): Serves {
  switch (endpoint.type) {
    case LOAD_BALANCER:
      return balancerServes(endpoint, name);
    case 'AWS::ApiGateway::DomainName':
    case 'AWS::ApiGatewayV2::DomainName':
      return covered(endpoint.get('DomainName'), name, ['DomainName', endpoint]);
    case 'AWS::Cognito::UserPoolDomain':
      return covered(endpoint.get('Domain'), name, ['Domain', endpoint]);
    case 'AWS::ApiGateway::RestApi':
    case 'AWS::ApiGatewayV2::Api':
      // An API answers to its own name, and to its domains; what comes under another name it refuses.
      return false;
    default:
      return `${endpoint.type} is not asked for a certificate here`;
  }
}

/** The names that the app shows an endpoint to serve, for people: of its certificates, or of its domain. */
export function servedNames(endpoint: Resource): readonly string[] {
  switch (endpoint.type) {
    case LOAD_BALANCER:
      return textsOf(
        listenersOf(endpoint)
          .resources.flatMap(certificatesOf)
          .flatMap(({ value, from }) => {
            const certificate = from.stack.graph.resolve(value, from);
            return certificate instanceof Unknown ? [] : namesOf(certificate);
          }),
      );
    case 'AWS::Cognito::UserPoolDomain':
      return textsOf([endpoint.get('Domain')]);
    default:
      return textsOf([endpoint.get('DomainName')]);
  }
}

function textsOf(values: readonly (Value | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

function balancerServes(balancer: Resource, name: Value): Serves {
  const type = loadBalancerType(balancer);
  if (type instanceof Unknown) return type;
  const { resources, unknowns } = listenersOf(balancer);
  const secure = resources.filter((listener) => {
    const protocol = listener.text('Protocol');
    return protocol === 'HTTPS' || protocol === 'TLS';
  });
  const [open] = unknowns;
  if (secure.length === 0) return open ?? SPEAKS_NO_TLS;
  const certificates = secure.flatMap((listener) => certificatesOf(listener));
  return someTruth([
    ...certificates.map((certificate) => certificateServes(certificate, balancer, name)),
    ...(open ? [open] : []),
  ]);
}

/** The values that name the certificates of a listener: its own, and those added to it. */
function certificatesOf(listener: Resource): readonly { readonly value: Value; readonly from: Resource }[] {
  const added = addedCertificates(listener.stack.graph).get(listener) ?? [];
  return [listener, ...added].flatMap((from) => {
    const list = from.get('Certificates');
    const entries = isList(list) ? list : list === undefined ? [] : [list];
    return entries.map((entry) => ({ value: (isMap(entry) ? entry.CertificateArn : entry) ?? null, from }));
  });
}

const addedCertificates = oncePerGraph((graph) => {
  const byListener = new Map<Resource, Resource[]>();
  for (const added of graph.ofType('AWS::ElasticLoadBalancingV2::ListenerCertificate')) {
    const listener = added.target('ListenerArn');
    if (listener instanceof Resource) byListener.set(listener, [...(byListener.get(listener) ?? []), added]);
  }
  return byListener;
});

function certificateServes(
  { value, from }: { readonly value: Value; readonly from: Resource },
  balancer: Resource,
  name: Value,
): Truth {
  const certificate = from.stack.graph.resolve(value, from);
  if (certificate instanceof Unknown) return placed(certificate, 'Certificates', from);
  if (certificate.type !== 'AWS::CertificateManager::Certificate')
    return placed(new Unknown(`the certificate comes from ${certificate.logicalId}`), 'Certificates', from);
  // A load balancer takes certificates of its own region only.
  if (inSameRegion(certificate, balancer) === false) return false;
  const first = certificate.get('DomainName');
  const placeOf = (one: Value) => (one === first ? 'DomainName' : 'SubjectAlternativeNames');
  return someTruth(namesOf(certificate).map((one) => covered(one, name, [placeOf(one), certificate])));
}

/** Whether a name is covered; what is not known is said of where the pattern stands. */
function covered(
  pattern: Value | undefined,
  name: Value,
  [property, of]: readonly [property: string, of: Resource],
): Truth {
  const truth = covers(pattern, name);
  return truth instanceof Unknown ? placed(truth, property, of) : truth;
}

/** What is not known stands elsewhere than in the record that leads there: its place is part of the reason. */
function placed({ reason, mentions }: Unknown, property: string, { origin, logicalId }: Resource): Unknown {
  return new Unknown(`${property} of ${origin?.path ?? logicalId}: ${reason}`, undefined, mentions);
}

function namesOf(certificate: Resource): readonly Value[] {
  const others = certificate.get('SubjectAlternativeNames');
  const names = [certificate.get('DomainName'), ...(isList(others) ? others : [others])];
  return names.filter((one) => one !== undefined);
}

/** Whether a name of a certificate or a domain is a name, or a wildcard for it. */
export function covers(pattern: Value | undefined, name: Value): Truth {
  if (pattern === undefined) return false;
  const [own, asked] = [normalisedName(pattern), normalisedName(name)];
  const same = sameToken(own, asked);
  if (same === true) return true;
  if (typeof own === 'string' && own.startsWith('*.') && typeof asked === 'string')
    return asked.slice(asked.indexOf('.')) === own.slice(1);
  if (isScalar(own) && isScalar(asked)) return false;
  return same === false && !mayBeWildcard(own)
    ? negated(true)
    : new Unknown('whether the names are the same is known only at deploy');
}

function mayBeWildcard(value: Value): boolean {
  return !isScalar(value) || String(value).startsWith('*');
}
