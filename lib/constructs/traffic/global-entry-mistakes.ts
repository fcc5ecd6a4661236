import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted, repeated } from '../../objectives/mistakes';
import { unknownRegionMistakes } from '../../objectives/region-code';
import type { ForeignEndpoint } from './global-entry';

/** Everything in which an accelerator contradicts itself. @internal */
export function globalEntryMistakes(
  ports: readonly number[],
  endpoints: readonly ForeignEndpoint[],
): Mistake[] {
  const regions = endpoints.map(({ region }) => region);
  return [
    ...portMistakes(ports),
    ...unknownRegionMistakes(regions),
    ...repeated(regions).map((region) => ({
      problem: `${region} has two foreign endpoints, but a listener has one group for each region`,
      fix: `name ${region} once`,
    })),
    ...endpoints.flatMap(endpointMistakes),
  ];
}

function portMistakes(ports: readonly number[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const known = ports.filter((port) => !Token.isUnresolved(port));
  if (ports.length === 0 || ports.length > MOST_PORTS) {
    mistakes.push({
      problem: `it listens on ${ports.length} ports, but a listener takes 1 to ${MOST_PORTS}`,
      fix: 'name the ports that users call',
    });
  }
  for (const port of known.filter((each) => !(Number.isInteger(each) && each >= 1 && each <= HIGHEST))) {
    mistakes.push({ problem: `${port} is no port`, fix: `write a whole number from 1 to ${HIGHEST}` });
  }
  for (const port of repeated(known.map(String))) {
    mistakes.push({ problem: `the port ${port} is named twice`, fix: `name ${port} once` });
  }
  return mistakes;
}

function endpointMistakes({ region, endpointArn, attachmentArn, trafficDial }: ForeignEndpoint): Mistake[] {
  const mistakes: Mistake[] = [...dialMistakes(trafficDial, region)];
  const where = regionOfLoadBalancer(endpointArn);
  if (!Token.isUnresolved(endpointArn) && where !== region) {
    mistakes.push({
      problem: `${quoted(endpointArn)} is no load balancer in ${region}`,
      fix: `write the ARN of the load balancer in ${region}, an output of its GlobalEntryRegion`,
    });
  }
  if (!Token.isUnresolved(attachmentArn) && !ATTACHMENT.test(attachmentArn)) {
    mistakes.push({
      problem: `${quoted(attachmentArn)} is no attachment for other accounts`,
      fix: 'write the ARN of the attachment, an output of the GlobalEntryRegion',
    });
  }
  return mistakes;
}

/** @internal */
export function dialMistakes(trafficDial: number | undefined, region: string): Mistake[] {
  if (trafficDial === undefined || Token.isUnresolved(trafficDial)) return [];
  if (trafficDial >= 0 && trafficDial <= 100) return [];
  return [
    {
      problem: `the trafficDial of ${region} is ${trafficDial}, but it is a share of 0 to 100 %`,
      fix: 'set trafficDial from 0 to 100',
    },
  ];
}

/** The region of the load balancer that an ARN names; `undefined` where it names none. @internal */
export function regionOfLoadBalancer(arn: string): string | undefined {
  return LOAD_BALANCER.exec(arn)?.[1];
}

const LOAD_BALANCER =
  /^arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):\d{12}:loadbalancer\/(?:app|net)\/.+$/;
const ATTACHMENT = /^arn:aws[a-z-]*:globalaccelerator::\d{12}:attachment\/.+$/;
const MOST_PORTS = 10;
const HIGHEST = 65_535;
