import { SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted, repeated } from '../../objectives/mistakes';
import type { OriginFailoverProps } from './origin-failover';
import { originPaceMistakes } from './origin-pace';

/** Everything in which an origin failover contradicts itself or what CloudFront offers. @internal */
export function originFailoverMistakes(props: OriginFailoverProps): Mistake[] {
  return [
    ...originMistakes(props),
    ...methodMistakes(props),
    ...codeMistakes(props.fallbackStatusCodes),
    ...edgeMistakes(props),
    ...originPaceMistakes(props),
  ];
}

function originMistakes(props: OriginFailoverProps): Mistake[] {
  const { primaryDomainName, secondaryDomainName, writesDomainName, domainNames } = props;
  const origins = Object.entries({ primaryDomainName, secondaryDomainName, writesDomainName });
  const mistakes = origins.flatMap(([what, name]) => (name === undefined ? [] : nameMistakes(what, name)));
  if (same(primaryDomainName, secondaryDomainName)) {
    mistakes.push({
      problem: `both origins are ${primaryDomainName}, and are lost together`,
      fix: 'name the entrance of another region as secondaryDomainName',
    });
  }
  for (const [what, name] of origins) {
    if (name === undefined || !domainNames.some((each) => same(each, name))) continue;
    mistakes.push({
      problem: `${what} is ${name}, which leads to the distribution itself`,
      fix: 'give the origin a name of its own',
    });
  }
  for (const name of repeated(domainNames.map((each) => each.toLowerCase()))) {
    mistakes.push({ problem: `${name} is named twice`, fix: `name ${name} once` });
  }
  return mistakes;
}

/** A name that AWS makes is no name of any certificate, and is known at deployment of its region only. */
function nameMistakes(what: string, name: string): Mistake[] {
  if (Token.isUnresolved(name)) {
    return [
      {
        problem: `${what} is known at deployment only, so the distribution would need that region`,
        fix: `write ${what} as a fixed name that leads there`,
      },
    ];
  }
  if (/\.elb\.([a-z0-9-]+\.)?amazonaws\.com$/i.test(name)) {
    return [
      {
        problem: `${what} is ${name}, which no certificate is for, so CloudFront would not trust the origin`,
        fix: 'write a name of your own that leads there and that the load balancer has a certificate for',
      },
    ];
  }
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name)) return [];
  return [{ problem: `${what} is ${quoted(name)}`, fix: 'write a domain name, such as origin.example.com' }];
}

/**
 * CloudFront asks the second origin for GET, HEAD and OPTIONS only, and takes no other method where there is an origin group.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
function methodMistakes({ allowedMethods, writePaths, writesDomainName }: OriginFailoverProps): Mistake[] {
  const mistakes: Mistake[] = [];
  const writes = (allowedMethods?.methods ?? []).filter((method) => !FAILS_OVER.includes(method));
  if (writes.length > 0) {
    mistakes.push({
      problem: `${writes.join(', ')} would go to the origin group, which fails over for ${FAILS_OVER.join(', ')} only`,
      fix: 'leave allowedMethods out; name the paths that are written in writePaths, and their origin in writesDomainName',
    });
  }
  if (writePaths !== undefined && writesDomainName === undefined) {
    mistakes.push({
      problem: 'writePaths have no origin: an origin group does not fail over for writes',
      fix: 'set writesDomainName to a name that fails over by itself, such as the record of a FailoverDns',
    });
  }
  if (writesDomainName !== undefined && (writePaths ?? []).length === 0) {
    mistakes.push({
      problem: 'nothing is written to writesDomainName',
      fix: 'name the paths that are written in writePaths, or leave writesDomainName out',
    });
  }
  for (const path of repeated(writePaths ?? [])) {
    mistakes.push({ problem: `the path ${path} is written twice`, fix: `name ${path} once` });
  }
  for (const path of (writePaths ?? []).filter((each) => each === '*' || each === '/*')) {
    mistakes.push({
      problem: `writePaths has ${quoted(path)}, so nothing would be left for the origin group`,
      fix: 'name the paths that are written, or use FailoverDns without CloudFront',
    });
  }
  return mistakes;
}

function codeMistakes(codes: readonly number[] | undefined): Mistake[] {
  if (codes === undefined) return [];
  const strange = codes.filter((code) => !Token.isUnresolved(code) && !CODES.includes(code));
  const mistakes: Mistake[] = [];
  if (strange.length > 0) {
    mistakes.push({
      problem: `CloudFront does not fail over after ${strange.join(', ')}`,
      fix: `choose from ${CODES.join(', ')}`,
    });
  }
  for (const code of repeated(codes.map(String))) {
    mistakes.push({ problem: `the status code ${code} is named twice`, fix: `name ${code} once` });
  }
  return mistakes;
}

function edgeMistakes(props: OriginFailoverProps): Mistake[] {
  const { certificate, domainNames, webAclArn, minimumTlsVersion } = props;
  const mistakes: Mistake[] = [];
  const arn = certificate?.certificateRef.certificateArn;
  if (arn !== undefined && !Token.isUnresolved(arn) && arn.split(':')[3] !== 'us-east-1') {
    mistakes.push({
      problem: `the certificate is of ${arn.split(':')[3]}, but CloudFront takes those of us-east-1`,
      fix: 'request the certificate in us-east-1, and write its ARN',
    });
  }
  if (arn !== undefined && domainNames.length === 0) {
    mistakes.push({ problem: 'domainNames is empty', fix: 'name what users call' });
  }
  if (webAclArn !== undefined && !Token.isUnresolved(webAclArn) && !WEB_ACL.test(webAclArn)) {
    mistakes.push({
      problem: `webAclArn is ${quoted(webAclArn)}, which is no global web ACL of AWS WAF`,
      fix: 'write arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID',
    });
  }
  if (minimumTlsVersion !== undefined && OUTDATED.includes(minimumTlsVersion)) {
    mistakes.push({
      problem: `minimumTlsVersion is ${minimumTlsVersion}, whose protocols or ciphers are outdated`,
      fix: `use ${SecurityPolicyProtocol.TLS_V1_2_2021} or newer`,
    });
  }
  return mistakes;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The methods for which CloudFront asks the second origin. @internal */
export const FAILS_OVER: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html */
const CODES: readonly number[] = [400, 403, 404, 416, 429, 500, 502, 503, 504];

const WEB_ACL = /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/;

const OUTDATED: readonly SecurityPolicyProtocol[] = [
  SecurityPolicyProtocol.SSL_V3,
  SecurityPolicyProtocol.TLS_V1,
  SecurityPolicyProtocol.TLS_V1_2016,
  SecurityPolicyProtocol.TLS_V1_1_2016,
  SecurityPolicyProtocol.TLS_V1_2_2018,
  SecurityPolicyProtocol.TLS_V1_2_2019,
];
