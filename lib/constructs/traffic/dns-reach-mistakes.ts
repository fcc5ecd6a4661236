import { Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../objectives/mistakes';
import type { DnsEntryProps } from './dns-entry-props';
import { type Entrance, entranceOf } from './dns-load-balancer';
import { EVERYBODY, HTTP, HTTP_PORTS, HTTPS } from './entry-facts';

/** A check that nothing answers is red for ever, in all regions alike; judged where it is known. @internal */
export function reachMistakes(facts: DnsEntryProps): Mistake[] {
  if (!facts.loadBalancer) return [];
  const entrance = entranceOf(facts.loadBalancer);
  if (entrance.internetFacing === false) {
    return [
      {
        problem: 'the load balancer does not face the Internet, where the health checkers of Route 53 are',
        fix: 'let an alarm tell its health: switchedBy a check of AlarmHealthCheck; or set internetFacing on the load balancer',
      },
    ];
  }
  if (!entrance.isConnected) {
    return [
      {
        problem: `${entrance.path} takes datagrams only, which the health checkers of Route 53 do not send`,
        fix: 'let an alarm tell its health: switchedBy a check of AlarmHealthCheck',
      },
    ];
  }
  const { allowedCidrs = [EVERYBODY], path } = entrance;
  if (allowedCidrs.includes(EVERYBODY)) return portMistakes(facts, entrance);
  const callers = allowedCidrs.map((cidr) =>
    Token.isUnresolved(cidr) ? 'a range known at deployment' : cidr,
  );
  return [
    {
      problem:
        `${path} admits ${callers.join(', ')}, ` +
        'not everybody: health checkers of Route 53 that are shut out never find the record healthy',
      fix: `leave allowedCidrs out, or add ${EVERYBODY} and keep strangers out behind it`,
    },
  ];
}

function portMistakes(facts: DnsEntryProps, { path, ports, https: speaks, isNetwork }: Entrance): Mistake[] {
  const https = facts.https ?? speaks ?? true;
  const usual = isNetwork ? ports?.[0] : https ? HTTPS : HTTP;
  const port = facts.healthCheckPort ?? usual;
  if (!ports || port === undefined || Token.isUnresolved(port)) return [];
  if (!ports.includes(port)) {
    return [
      {
        problem: `the health checkers call port ${port}, but ${path} listens on ${ports.join(' and ')}`,
        fix: 'leave healthCheckPort and https out',
      },
    ];
  }
  if (isNetwork || https === (port === HTTPS)) return [];
  return [
    {
      problem:
        `the health checkers speak ${https ? 'HTTPS' : 'plain HTTP'} to port ${port}, ` +
        `where ${path} speaks ${https ? 'plain HTTP' : 'HTTPS'}`,
      fix: 'leave healthCheckPort and https out',
    },
  ];
}

/** What checkers ask a load balancer of which nobody says what it answers. @internal */
export function openEntranceMistakes(props: DnsEntryProps): Mistake[] {
  if (!props.loadBalancer) return [];
  const entrance = entranceOf(props.loadBalancer);
  if ((props.healthCheckPath ?? entrance.healthCheckPath) !== undefined) return [];
  if (entrance.isNetwork === true) return connectionMistakes(props, entrance);
  return [
    {
      problem: `nobody knows what ${entrance.path} answers when it can serve: it is no load balancer of this library`,
      fix: "set healthCheckPath to where the application says so, such as '/health'",
    },
  ];
}

/** A network load balancer without a path is asked for a connection. */
function connectionMistakes(props: DnsEntryProps, { path, ports }: Entrance): Mistake[] {
  const port = props.healthCheckPort ?? ports?.[0];
  const mistakes: Mistake[] = [];
  if (port === undefined) {
    mistakes.push({
      problem: `nobody knows what ${path} answers when it can serve: it is no load balancer of this library`,
      fix: 'set healthCheckPath where it speaks HTTP, else healthCheckPort to the port that it listens on',
    });
  }
  if (port !== undefined && HTTP_PORTS.includes(port)) {
    mistakes.push({
      problem: `the health checkers ask port ${port} of ${path} for a connection only, behind which the application may be dead`,
      fix: "set healthCheckPath to where the application says whether it can serve, such as '/health'",
    });
  }
  const idle = (['https', 'healthCheckSearchString'] as const).filter((what) => props[what] !== undefined);
  if (idle.length > 0) {
    mistakes.push({
      problem: `${idle.join(' and ')} would change nothing: without healthCheckPath the health checkers ask for a connection only`,
      fix: `set healthCheckPath, or leave ${idle.join(' and ')} out`,
    });
  }
  return mistakes;
}
