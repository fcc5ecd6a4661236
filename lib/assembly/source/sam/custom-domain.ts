import { isList, isObject, own, ownObject } from '../json';
import type { Json, JsonObject } from '../source';
import { compact, type Expansion, getAtt, picked, ref, type SamResource } from './expansion';

/** What differs between the domains of REST and HTTP APIs. */
interface Kind {
  readonly prefix: string;
  readonly zone: (domain: string) => Json;
  readonly target: (domain: string) => Json;
}

const HTTP: Kind = {
  prefix: 'ApiGatewayDomainNameV2',
  zone: (domain) => getAtt(domain, 'RegionalHostedZoneId'),
  target: (domain) => getAtt(domain, 'RegionalDomainName'),
};
const REGIONAL: Kind = { ...HTTP, prefix: 'ApiGatewayDomainName' };

/** The hosted zone of all CloudFront distributions. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';
const EDGE: Kind = {
  prefix: 'ApiGatewayDomainName',
  zone: () => CLOUDFRONT_ZONE,
  target: (domain) => getAtt(domain, 'DistributionDomainName'),
};

/** `Domain` of a REST API; false where only the transform knows, as for private ones. */
export function writeRestDomain(expansion: Expansion, sam: SamResource, stage: string): boolean {
  const config = own(sam.properties, 'Domain');
  if (config === undefined) return true;
  if (!isObject(config)) return false;
  const endpoint = expansion.resolve(own(config, 'EndpointConfiguration') ?? 'REGIONAL');
  if (endpoint !== 'REGIONAL' && endpoint !== 'EDGE') return false;
  const kind = endpoint === 'EDGE' ? EDGE : REGIONAL;
  const certificate = endpoint === 'EDGE' ? 'CertificateArn' : 'RegionalCertificateArn';
  const id = expansion.freeId(kind.prefix);
  expansion.add(sam, id, 'AWS::ApiGateway::DomainName', {
    DomainName: own(config, 'DomainName'),
    [certificate]: own(config, 'CertificateArn'),
    EndpointConfiguration: compact({ Types: [endpoint], IpAddressType: own(config, 'IpAddressType') }),
    ...picked(config, ['MutualTlsAuthentication', 'SecurityPolicy', 'EndpointAccessMode']),
    OwnershipVerificationCertificateArn: own(config, 'OwnershipVerificationCertificateArn'),
  });
  expansion.names.set(`${sam.id}.DomainName`, id);
  for (const path of pathsOf(config)) {
    const plain = path?.replaceAll(/[^A-Za-z0-9]/g, '');
    expansion.add(sam, `${sam.id}${plain ?? ''}BasePathMapping`, 'AWS::ApiGateway::BasePathMapping', {
      BasePath: own(config, 'NormalizeBasePath') === false ? path : plain,
      DomainName: ref(id),
      RestApiId: ref(sam.id),
      Stage: ref(stage),
    });
  }
  writeRecords(expansion, sam, { config, domain: id, kind });
  return true;
}

/** `Domain` of an HTTP API; false where it is no mapping. */
export function writeHttpDomain(
  expansion: Expansion,
  sam: SamResource,
  { stage, tags }: { readonly stage: string; readonly tags: Json | undefined },
): boolean {
  const config = own(sam.properties, 'Domain');
  if (config === undefined) return true;
  if (!isObject(config)) return false;
  const id = expansion.freeId(HTTP.prefix);
  const certificate = picked(config, [
    'CertificateArn',
    'OwnershipVerificationCertificateArn',
    'SecurityPolicy',
  ]);
  expansion.add(sam, id, 'AWS::ApiGatewayV2::DomainName', {
    DomainName: own(config, 'DomainName'),
    DomainNameConfigurations: [
      { ...certificate, EndpointType: own(config, 'EndpointConfiguration') ?? 'REGIONAL' },
    ],
    ...picked(config, ['MutualTlsAuthentication']),
    ...(tags !== undefined && { Tags: tags }),
  });
  expansion.names.set(`${sam.id}.DomainName`, id);
  for (const path of pathsOf(config)) {
    expansion.add(
      sam,
      `${sam.id}${path?.replaceAll(/[-_/]+/g, '') ?? ''}ApiMapping`,
      'AWS::ApiGatewayV2::ApiMapping',
      {
        ApiMappingKey: path?.replaceAll(/^\/+|\/+$/g, ''),
        DomainName: ref(id),
        ApiId: ref(sam.id),
        Stage: ref(stage),
      },
    );
  }
  writeRecords(expansion, sam, { config, domain: id, kind: HTTP });
  return true;
}

function pathsOf(config: JsonObject): readonly (string | undefined)[] {
  const paths = own(config, 'BasePath');
  const list = (isList(paths) ? paths : [paths]).filter((path) => typeof path === 'string' && path !== '');
  return list.length === 0 ? [undefined] : (list as readonly string[]);
}

interface Domain {
  readonly config: JsonObject;
  readonly domain: string;
  readonly kind: Kind;
}

/** `Route53`: alias records for the domain, one group for each hosted zone. */
function writeRecords(expansion: Expansion, sam: SamResource, { config, domain, kind }: Domain): void {
  const route53 = own(config, 'Route53');
  if (!isObject(route53)) return;
  const distribution = own(route53, 'DistributionDomainName');
  const alias = compact({
    DNSName: distribution ?? kind.target(domain),
    HostedZoneId: distribution === undefined ? kind.zone(domain) : CLOUDFRONT_ZONE,
    EvaluateTargetHealth: own(route53, 'EvaluateTargetHealth'),
  });
  const routing = picked(route53, ['SetIdentifier', 'Region']);
  const types = own(route53, 'IpV6') === true ? ['A', 'AAAA'] : ['A'];
  const records = types.map((Type) => ({
    Name: own(config, 'DomainName') ?? null,
    Type,
    AliasTarget: alias,
    ...routing,
  }));
  const zone = picked(route53, ['HostedZoneId', 'HostedZoneName']);
  const group = `RecordSetGroup${JSON.stringify(zone).replaceAll(/[^A-Za-z0-9]/g, '')}`;
  const before = own(ownObject(expansion.bodyOf(group) ?? {}, 'Properties'), 'RecordSets') ?? [];
  expansion.add(sam, group, 'AWS::Route53::RecordSetGroup', {
    ...zone,
    RecordSets: [...(isList(before) ? before : []), ...records],
  });
}
