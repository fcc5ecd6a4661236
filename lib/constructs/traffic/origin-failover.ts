import type { ICertificateRef } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type ICachePolicyRef,
  type IOrigin,
  type IOriginRequestPolicyRef,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { missing, refuse } from '../../objectives/mistakes';
import { accessLogRetention } from '../governance/log-retention';
import { ServiceScope } from '../governance/service-scope';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { retentionMistakes } from './access-log-bucket';
import { distributionLogBucket, logPlaceMistakes } from './distribution-log-bucket';
import { originCachePolicy } from './origin-cache-policy';
import { originFailoverMistakes } from './origin-failover-mistakes';
import { chooseOriginPace, type OriginPace } from './origin-pace';

/** Properties of an {@link OriginFailover}. */
export interface OriginFailoverProps extends TieredProps {
  /** The fixed name of the first region's entrance, which has a certificate for it: `eu-west-1.example.com`. */
  readonly primaryDomainName: string;

  /** The fixed name of the other region's entrance. */
  readonly secondaryDomainName: string;

  /** What users call: `shop.example.com`. */
  readonly domainNames: string[];

  /**
   * The certificate for `domainNames`, of us-east-1.
   *
   * @default - none: users call a name of CloudFront over TLS as old as TLS 1.0, which needs a `weakening`
   */
  readonly certificate?: ICertificateRef;

  /**
   * The paths that users write to: `/orders/*`. They go to `writesDomainName` with all their requests.
   *
   * @default - none: users only read
   */
  readonly writePaths?: string[];

  /**
   * The origin of `writePaths`, a name that fails over by itself: the record of a {@link FailoverDns}.
   *
   * @default - none: users only read
   */
  readonly writesDomainName?: string;

  /**
   * The methods of all other paths. CloudFront fails over for GET, HEAD and OPTIONS only, so others are refused.
   *
   * @default AllowedMethods.ALLOW_GET_HEAD_OPTIONS
   */
  readonly allowedMethods?: AllowedMethods;

  /**
   * The answers of the first origin after which the second one is asked.
   *
   * @default [500, 502, 503, 504]
   */
  readonly fallbackStatusCodes?: number[];

  /**
   * How often CloudFront tries to connect to an origin, 1 to 3.
   *
   * @default - 2 at tiers 0 and 1, else 3
   */
  readonly connectionAttempts?: number;

  /**
   * How long it waits for a connection, 1 s to 10 s.
   *
   * @default - 2 s, 3 s, 5 s, 10 s at tiers 0, 1, 2, 3
   */
  readonly connectionTimeout?: Duration;

  /**
   * How long it waits for an answer, 1 s to 120 s.
   *
   * @default - 10 s, 20 s at tiers 0, 1, else 30 s
   */
  readonly readTimeout?: Duration;

  /**
   * What is cached of all other paths, and for how long. Its key must not hold the `Host` header: what is in the key goes
   * to the origins, whose certificates would no longer fit.
   *
   * @default - what the `Cache-Control` header of the origin says, each query, cookie and `Authorization` by itself
   */
  readonly cachePolicy?: ICachePolicyRef;

  /**
   * What origins hear of a request. The `Host` header must stay theirs, or their certificates do not fit.
   *
   * @default - everything but the `Host` header
   */
  readonly originRequestPolicy?: IOriginRequestPolicyRef;

  /**
   * The web ACL of AWS WAF, a global one.
   *
   * @default - none
   */
  readonly webAclArn?: string;

  /**
   * The oldest TLS that users may speak. Older than 2021 is refused.
   *
   * @default SecurityPolicyProtocol.TLS_V1_2_2021
   */
  readonly minimumTlsVersion?: SecurityPolicyProtocol;

  /**
   * How long access logs are kept, in whole days. Less than a year needs `weakening`, but not in a stage that is not
   * production.
   *
   * @default Duration.days(365)
   */
  readonly accessLogRetention?: Duration;
}

/**
 * A CloudFront distribution that asks a second region when the first does not answer: request by request, without waiting
 * for DNS or a health check. What it does for reads only; paths that are written go to a name that fails over by itself.
 *
 * Both regions are named by fixed names, so its stack needs neither of them to be deployed.
 *
 * @throws ConfigurationError when a method would not fail over, when a request would wait longer for the second origin than
 * the tier owes, and for names, certificates and status codes that CloudFront does not take
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
export class OriginFailover extends Construct {
  readonly distribution: Distribution;

  /** Where the access logs go. */
  readonly accessLogs: Bucket;

  constructor(scope: Construct, id: string, props: OriginFailoverProps) {
    super(scope, id);
    const { path } = this.node;
    refuse(path, missing(props, 'primaryDomainName', 'secondaryDomainName', 'domainNames'));
    refuse(path, [
      ...originFailoverMistakes(props),
      ...logPlaceMistakes(Stack.of(this).region),
      ...retentionMistakes(props.accessLogRetention),
    ]);
    const choices = new TierChoices(this, props, { lists: ['domainNames'], known: ['connectionAttempts'] });
    choices.given({ what: 'certificate', owed: CERTIFIED, chosen: props.certificate !== undefined });
    const rto =
      ServiceScope.of(this)?.service.objectives.region.rto ?? choices.policy.recovery.region.rto.value;
    const pace = chooseOriginPace(path, choices, props, rto);
    this.accessLogs = distributionLogBucket(
      this,
      choices,
      accessLogRetention(choices, props.accessLogRetention),
    );
    this.distribution = new Distribution(this, 'Distribution', {
      comment: path,
      defaultBehavior: this.readBehavior(choices, props, pace),
      additionalBehaviors: writeBehaviors(props, pace),
      logBucket: this.accessLogs,
      minimumProtocolVersion: props.minimumTlsVersion ?? SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(props.certificate && { certificate: props.certificate, domainNames: props.domainNames }),
      ...(props.webAclArn !== undefined && { webAclId: props.webAclArn }),
    });
  }

  private readBehavior(choices: TierChoices, props: OriginFailoverProps, pace: OriginPace): BehaviorOptions {
    const { fallbackStatusCodes = BROKEN } = props;
    choices.on({
      what: 'fallbackStatusCodes',
      owed: {
        value: true,
        because: `each of ${BROKEN.join(', ')} says that the origin cannot serve`,
        source: FAILOVER_PAGE,
      },
      chosen: props.fallbackStatusCodes && BROKEN.every((code) => fallbackStatusCodes.includes(code)),
    });
    return {
      ...behaviorOf(props),
      origin: new OriginGroup({
        primaryOrigin: originAt(props.primaryDomainName, pace),
        fallbackOrigin: originAt(props.secondaryDomainName, pace),
        fallbackStatusCodes: [...fallbackStatusCodes],
      }),
      allowedMethods: props.allowedMethods ?? AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: props.cachePolicy ?? originCachePolicy(this),
    };
  }
}

/** Nothing that is written is cached, and nothing of it goes to an origin that only reads. */
function writeBehaviors(props: OriginFailoverProps, pace: OriginPace): Record<string, BehaviorOptions> {
  const { writePaths = [], writesDomainName } = props;
  if (writesDomainName === undefined) return {};
  const origin = originAt(writesDomainName, pace);
  const behavior = {
    ...behaviorOf(props),
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
  };
  return Object.fromEntries(writePaths.map((path) => [path, behavior]));
}

function behaviorOf({ originRequestPolicy }: OriginFailoverProps) {
  return {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    originRequestPolicy: originRequestPolicy ?? OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
}

function originAt(domainName: string, pace: OriginPace): IOrigin {
  return new HttpOrigin(domainName, {
    ...pace,
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
  });
}

const FAILOVER_PAGE =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html';

/** The answers that say that an origin cannot serve. */
const BROKEN: readonly number[] = [500, 502, 503, 504];

const CERTIFIED = {
  value: true,
  because: 'without one CloudFront lets users speak TLS 1.0',
  source:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
};
