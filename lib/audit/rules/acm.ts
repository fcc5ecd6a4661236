import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { valuesAt } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { isScalar, Unknown, type Value } from '../../assembly/value';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';

/** Where others name certificates by ARN. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::DomainName': ['CertificateArn', 'RegionalCertificateArn'],
  'AWS::ApiGatewayV2::DomainName': ['DomainNameConfigurations.*.CertificateArn'],
  'AWS::CloudFront::Distribution': [
    'DistributionConfig.ViewerCertificate.AcmCertificateArn',
    'DistributionConfig.ViewerCertificate.IamCertificateId',
  ],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['Listeners.*.SSLCertificateId'],
  'AWS::ElasticLoadBalancingV2::Listener': ['Certificates.*.CertificateArn'],
};

export const certificateRenewsItself: Rule = {
  id: 'ACM-01',
  title: 'Certificates renew themselves.',
  kind: 'redundancy',
  why: 'The day a certificate expires, every client refuses the endpoint, in all regions at once.',
  fix: 'let ACM issue the certificate and set ValidationMethod to DNS',
  severity: MEDIUM,
  appliesTo: [CERTIFICATE, ...Object.keys(NAMED)],
  controls: families.ENCRYPTION_KEYS,
  sources: ['https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html'],
  check: (resource) =>
    resource.type === CERTIFICATE
      ? any(
          resource.is('ValidationMethod', 'DNS', { default: 'EMAIL' }),
          resource.isSet('CertificateAuthorityArn', 'a private authority'),
        )
      : all(...namedBy(resource)),
};

function namedBy(resource: Resource): readonly Judgement[] {
  const paths = NAMED[resource.type] ?? [];
  const judged = paths.flatMap((path) =>
    valuesAt(resource, path).map((value) => judgeNamed(resource, path, value)),
  );
  return judged.length > 0 ? judged : [notApplicable('it names no certificate')];
}

/** Certificates of the app are judged themselves. Those of IAM are always imported. */
function judgeNamed(resource: Resource, property: string, value: Value): Judgement {
  const found = resource.stack.graph.resolve(value, resource);
  if (!(found instanceof Unknown)) return pass({ property, found: found.logicalId });
  if (isImported(property, value))
    return fail({
      property,
      found: 'a certificate of IAM, which somebody imported',
      needed: 'a certificate of ACM',
    });
  return typeof value === 'string' && value.startsWith('arn:')
    ? unknown(property, 'the certificate is not in the app: whether it was imported is seen in ACM only')
    : unknown(property, found);
}

function isImported(property: string, value: Value): boolean {
  const text = isScalar(value) ? String(value) : '';
  return (
    /^arn:[^:]+:iam::.*:server-certificate\//.test(text) ||
    (property.endsWith('IamCertificateId') && text !== '')
  );
}
