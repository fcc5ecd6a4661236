import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, quoted, refuse, repeated } from '../../../objectives/mistakes';
import { runbookWords } from '../../governance/runbook';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer } from '../alarm-tags';
import { letTell, type TellingProps, toldBy } from '../told-alarm';
import { statusAlarm, VendorWatch } from './vendor-watch';

/** Properties of {@link AwsHealth}. */
export interface AwsHealthProps extends TellingProps {
  /**
   * The services of AWS that the service needs, as AWS Health writes them: `RDS`, `LAMBDA`. Those that are global, such as `IAM`, are
   * heard in us-east-1 and us-west-2 only.
   */
  readonly services: readonly string[];
}

/**
 * An alarm for each service of AWS, while AWS Health has an issue of it open that touches this account or this region. It is told
 * as a ticket: whether users meet it is for the objectives and journeys to say.
 *
 * @throws ConfigurationError without services, for codes that are none, and for global services where nothing is heard of them
 * @see https://docs.aws.amazon.com/health/latest/ug/choosing-a-region.html
 */
export class AwsHealth extends Construct {
  /** By the code of the service. */
  readonly alarms: Readonly<Record<string, Alarm>>;

  constructor(scope: Construct, id: string, props: AwsHealthProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    refuse(this.node.path, props?.services ? serviceMistakes(props.services) : missing(props, 'services'));
    refuse(this.node.path, globalMistakes(props.services, region));
    const choices = new TierChoices(this, props);
    const told = toldBy(this, choices, { ...props, layer: AlarmLayer.DEPENDENCY });
    this.alarms = Object.fromEntries(
      props.services.map((service) => {
        const place = new Construct(this, service);
        const vendor = `AWS ${service}`;
        VendorWatch.of(this, choices).listen(place, choices, vendor, {
          source: ['aws.health'],
          detailType: ['AWS Health Event'],
          // us-west-2 hears of the issues of all other regions as well, and us-east-1 of its.
          detail: { service: [service], eventTypeCategory: ['issue'], eventRegion: [region, 'global'] },
        });
        const alarm = statusAlarm(place, {
          vendor,
          description: `AWS Health has an issue of ${service} open in this region: see it for what it touches, and whether objectives and journeys suffer.${runbookWords(told)}`,
          period: Duration.minutes(1),
          times: 1,
        });
        letTell(alarm, { ...told, severity: 'ticket' });
        return [service, alarm];
      }),
    );
  }
}

/** Services of which AWS Health tells where it tells of what is global. */
const GLOBAL = ['ACCOUNT', 'CLOUDFRONT', 'IAM', 'ORGANIZATIONS', 'ROUTE53'];
const HEARS_GLOBAL = ['us-east-1', 'us-west-2'];

function globalMistakes(services: readonly string[], region: string): Mistake[] {
  const isHeard = Token.isUnresolved(region) || /^(cn|us-gov|us-iso|eu-isoe|eusc)/.test(region);
  if (isHeard || HEARS_GLOBAL.includes(region)) return [];
  return services
    .filter((service) => GLOBAL.includes(service))
    .map((service) => ({
      problem: `${service} is global, and the stack is in ${region}: AWS Health tells of it in ${HEARS_GLOBAL.join(' and ')} only, so its alarm would never fire`,
      fix: `name it in an AwsHealth of a stack in ${HEARS_GLOBAL[0]}`,
    }));
}

function serviceMistakes(services: readonly string[]): Mistake[] {
  if (!Array.isArray(services))
    return [
      {
        problem: `services is ${quoted(services)}, which is no list`,
        fix: `write a list: services: [${quoted(services)}]`,
      },
    ];
  return [
    ...services
      .filter((service) => !/^[A-Z][A-Z0-9_]*$/.test(service))
      .map((service) => ({
        problem: `${quoted(service)} is no service as AWS Health writes it`,
        fix: 'write its code: RDS, LAMBDA',
      })),
    ...repeated(services).map((service) => ({ problem: `${service} is named twice`, fix: 'name it once' })),
    ...(services.length === 0 ? [{ problem: 'services is empty', fix: 'name at least one' }] : []),
  ];
}
