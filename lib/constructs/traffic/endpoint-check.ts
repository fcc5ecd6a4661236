import { HealthCheck, HealthCheckType } from 'aws-cdk-lib/aws-route53';
import { type Duration, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What Route 53 asks an endpoint, and how often. @internal */
export interface EndpointCheckProps {
  /** What people find it by in the console. */
  readonly name: string;

  /** The name that is called, or where there is an `address`, only said. */
  readonly host: string | undefined;

  /** The address that is called. */
  readonly address: string | undefined;

  /** What is asked for; `undefined` for a connection only. */
  readonly path: string | undefined;

  readonly port: number | undefined;
  readonly https: boolean;

  /** What must stand in the answer. */
  readonly searchString: string | undefined;

  readonly interval: Duration;
  readonly failureThreshold: number;
  readonly regions: string[];
}

/** A health check of an endpoint. @internal */
export function endpointCheck(scope: Construct, props: EndpointCheckProps): HealthCheck {
  const { host, address, path, port, https, searchString, interval, failureThreshold, regions } = props;
  const check = new HealthCheck(scope, 'EndpointCheck', {
    type: path === undefined ? HealthCheckType.TCP : checkType(https, searchString !== undefined),
    ...(path !== undefined && { resourcePath: path }),
    requestInterval: interval,
    failureThreshold,
    regions,
    ...(host !== undefined && { fqdn: host }),
    ...(address !== undefined && { ipAddress: address }),
    ...(port !== undefined && { port }),
    ...(searchString !== undefined && { searchString }),
  });
  Tags.of(check).add('Name', props.name);
  return check;
}

function checkType(https: boolean, searches: boolean): HealthCheckType {
  if (searches) return https ? HealthCheckType.HTTPS_STR_MATCH : HealthCheckType.HTTP_STR_MATCH;
  return https ? HealthCheckType.HTTPS : HealthCheckType.HTTP;
}
