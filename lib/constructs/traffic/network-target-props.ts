import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Protocol, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../objectives/mistakes';
import type { TargetCheckProps } from './target-health-check';

/** What a network load balancer listens to, and whom it sends it to. */
export interface NetworkTargetProps extends TargetCheckProps {
  /** The port that it listens on. */
  readonly port: number;

  /**
   * The port that the targets listen on.
   *
   * @default - the same
   */
  readonly targetPort?: number;

  /**
   * What it takes: `TCP`, `TLS`, `UDP` or `TCP_UDP`.
   *
   * @default - TLS with a certificate, else TCP, which may carry TLS through to the targets
   */
  readonly protocol?: Protocol;

  /**
   * The certificate, of this region, with which it ends TLS.
   *
   * @default - none: it reads nothing of what it passes on
   */
  readonly certificate?: ICertificate;

  /**
   * What the targets are: tasks (`IP`), instances (`INSTANCE`), or an application load balancer (`ALB`).
   *
   * @default TargetType.IP
   */
  readonly targetType?: TargetType;

  /**
   * How targets are asked whether they can serve: `HTTP` or `HTTPS`. `TCP` finds an open port and no more: it needs a
   * `weakening`.
   *
   * @default Protocol.HTTP
   */
  readonly healthCheckProtocol?: Protocol;

  /**
   * The port on which targets are asked.
   *
   * @default - the port that they serve on
   */
  readonly healthCheckPort?: number;

  /**
   * Whether targets see the address of the client. An internal load balancer then cannot be called by its own targets.
   *
   * @default - true where it faces the Internet, and for UDP; else false
   */
  readonly preserveClientIp?: boolean;
}

const TAKES: readonly Protocol[] = [Protocol.TCP, Protocol.TLS, Protocol.UDP, Protocol.TCP_UDP];
const ASKS: readonly Protocol[] = [Protocol.HTTP, Protocol.HTTPS, Protocol.TCP];

/** What it takes when nothing is said. @internal */
export function listenerProtocol({ protocol, certificate }: NetworkTargetProps): Protocol {
  return protocol ?? (certificate ? Protocol.TLS : Protocol.TCP);
}

/** Whether it takes datagrams, of which the sender is always seen. @internal */
export function takesDatagrams(protocol: Protocol): boolean {
  return protocol === Protocol.UDP || protocol === Protocol.TCP_UDP;
}

/** Everything in which listener, targets and checks contradict each other. @internal */
export function networkTargetMistakes(props: NetworkTargetProps): Mistake[] {
  return [...listenerMistakes(props), ...targetMistakes(props), ...checkMistakes(props)];
}

function listenerMistakes(props: NetworkTargetProps): Mistake[] {
  const { port, targetPort, healthCheckPort, certificate } = props;
  const protocol = listenerProtocol(props);
  const mistakes = Object.entries({ port, targetPort, healthCheckPort })
    .filter(([, number]) => number !== undefined && !isPort(number))
    .map(([what, number]) => ({
      problem: `${what} is ${number}, which is no port`,
      fix: `set ${what} to a whole number from 1 to 65535`,
    }));
  if (!TAKES.includes(protocol)) {
    mistakes.push({
      problem: `protocol is ${protocol}, which a network load balancer does not take`,
      fix: `set protocol to one of ${TAKES.join(', ')}`,
    });
  }
  if (protocol === Protocol.TLS && !certificate) {
    mistakes.push({
      problem: 'protocol is TLS, but there is no certificate to end it with',
      fix: 'set certificate, or set protocol to TCP and end TLS in the targets',
    });
  }
  if (protocol !== Protocol.TLS && certificate) {
    mistakes.push({
      problem: `there is a certificate, but protocol is ${protocol}, which is passed on unread`,
      fix: 'set protocol to TLS, or leave certificate out',
    });
  }
  return mistakes;
}

function isPort(number: number): boolean {
  return Token.isUnresolved(number) || (Number.isInteger(number) && number >= 1 && number <= 65_535);
}

function targetMistakes(props: NetworkTargetProps): Mistake[] {
  const { targetType, preserveClientIp } = props;
  const protocol = listenerProtocol(props);
  const mistakes: Mistake[] = [];
  if (targetType === TargetType.LAMBDA) {
    mistakes.push({
      problem: 'targetType is lambda, but a network load balancer calls no function',
      fix: 'use a HealthCheckedLoadBalancer, or set targetType to ip, instance or alb',
    });
  }
  if (targetType === TargetType.ALB && protocol !== Protocol.TCP) {
    mistakes.push({
      problem: `targetType is alb, but protocol is ${protocol}`,
      fix: 'set protocol to TCP and leave certificate out: the application load balancer ends TLS',
    });
  }
  const seesClients = targetType === TargetType.ALB || takesDatagrams(protocol);
  if (preserveClientIp === false && seesClients) {
    mistakes.push({
      problem: `preserveClientIp is false, but targets of ${targetType === TargetType.ALB ? 'type alb' : protocol} always see the client`,
      fix: 'leave preserveClientIp out',
    });
  }
  return mistakes;
}

function checkMistakes({ targetType, healthCheckProtocol, healthCheckPath }: NetworkTargetProps): Mistake[] {
  if (healthCheckProtocol === undefined) return [];
  const mistakes: Mistake[] = [];
  if (!ASKS.includes(healthCheckProtocol)) {
    mistakes.push({
      problem: `healthCheckProtocol is ${healthCheckProtocol}, in which no target can be asked`,
      fix: 'set healthCheckProtocol to HTTP or HTTPS, and healthCheckPort to where the application answers it',
    });
  }
  if (healthCheckProtocol === Protocol.TCP && healthCheckPath !== undefined) {
    mistakes.push({
      problem: `healthCheckPath is '${healthCheckPath}', but a TCP check asks for no path`,
      fix: 'set healthCheckProtocol to HTTP or HTTPS, or leave healthCheckPath out',
    });
  }
  if (healthCheckProtocol === Protocol.TCP && targetType === TargetType.ALB) {
    mistakes.push({
      problem: 'healthCheckProtocol is TCP, but an application load balancer is asked in HTTP or HTTPS only',
      fix: 'set healthCheckProtocol to HTTP or HTTPS',
    });
  }
  return mistakes;
}
