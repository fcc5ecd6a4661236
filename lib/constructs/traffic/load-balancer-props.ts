import { type Duration, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { acknowledgeControls } from '../governance/nag';
import type { TieredProps } from '../governance/tier-choices';
import type { HostNetwork } from '../network/placed-network';

/** What every load balancer takes: where it stands, who may call it, and what is kept. */
export interface LoadBalancerProps extends TieredProps {
  /** The network whose zones it stands in, all of them: a `ResilientNetwork`, or `{ vpc }` of one that is there. */
  readonly network: HostNetwork;

  /**
   * Whether it can be reached from the Internet.
   *
   * @default true
   */
  readonly internetFacing?: boolean;

  /**
   * The addresses that may call it, IPv4. A `FailoverDns` needs `0.0.0.0/0`: the health checkers of Route 53 call too.
   *
   * @default - everybody when it faces the Internet, else the addresses of the network
   */
  readonly allowedCidrs?: string[];

  /**
   * Whether traffic can be shifted away from a zone.
   *
   * @default true
   */
  readonly zonalShift?: boolean;

  /**
   * Whether deleting it is refused until the protection is taken off.
   *
   * @default - true; false in a stage that is not production
   */
  readonly deletionProtection?: boolean;

  /**
   * How long access logs are kept, in whole days. Less than a year needs `weakening`, but not in a stage that is not
   * production.
   *
   * @default Duration.days(365)
   */
  readonly accessLogRetention?: Duration;
}

/** What is written without a compiler is caught here: an ARN or a VPC in the place of the construct. @internal */
export function partMistakes({
  network,
  certificate,
}: Pick<LoadBalancerProps, 'network'> & { readonly certificate?: object }): Mistake[] {
  const mistakes: Mistake[] = [];
  if (network.vpc === undefined)
    mistakes.push({
      problem: 'network is no ResilientNetwork',
      fix: "make it with new ResilientNetwork(this, 'Network'), or write { vpc } for one that is there",
    });
  if (certificate !== undefined && !('certificateArn' in Object(certificate)))
    mistakes.push({
      problem: `certificate is ${quoted(certificate)}, which is no ICertificate`,
      fix: "write Certificate.fromCertificateArn(this, 'Certificate', arn)",
    });
  return mistakes;
}

/** What is wrong with those who may call. @internal */
export function callerMistakes({
  allowedCidrs,
  internetFacing = true,
}: Pick<LoadBalancerProps, 'allowedCidrs' | 'internetFacing'>): Mistake[] {
  if (allowedCidrs === undefined || allowedCidrs.length > 0) return [];
  const callers = internetFacing ? 'everybody' : 'the network';
  return [
    {
      problem: 'allowedCidrs is empty, so nobody may call it',
      fix: `name an address range, or leave allowedCidrs out for ${callers}`,
    },
  ];
}

/** AWS writes access logs by accounts and services of its own in each region. @internal */
export function logRegionMistakes(construct: IConstruct): Mistake[] {
  if (!Token.isUnresolved(Stack.of(construct).region)) return [];
  return [
    {
      problem:
        'the region of its stack is known at deployment only, so nobody can be let write its access logs',
      fix: 'set env.region of the stack',
    },
  ];
}

/** For load balancers of a stage that keeps no locks. @internal */
export function acknowledgeTearDown(loadBalancer: IConstruct): void {
  acknowledgeControls(
    loadBalancer,
    ['ELBDeletionProtectionEnabled'],
    'This stage is not production: it may be torn down, and nothing that users depend on goes with it.',
  );
}
