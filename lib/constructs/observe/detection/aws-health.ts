import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, quoted, refuse, repeated } from '../../../objectives/mistakes';
import { runbookWords } from '../../governance/runbook';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer } from '../alarm-tags';
import { letTell, type TellingProps, toldBy } from '../told-alarm';
import { statusAlarm, VendorWatch } from './vendor-watch';

/** Properties of {@link AwsHealth}. */
export interface AwsHealthProps extends TellingProps {
  /** The services of AWS that the service needs, as AWS Health writes them: `RDS`, `LAMBDA`. */
  readonly services: readonly string[];
}

/**
 * An alarm for each service of AWS, while AWS Health has an issue of it open that touches this account or this region. It is told
 * as a ticket: whether users meet it is for the objectives and journeys to say.
 *
 * @throws ConfigurationError without services, and for codes that are none
 * @see https://docs.aws.amazon.com/health/latest/ug/cloudwatch-events-health.html
 */
export class AwsHealth extends Construct {
  /** By the code of the service. */
  readonly alarms: Readonly<Record<string, Alarm>>;

  constructor(scope: Construct, id: string, props: AwsHealthProps) {
    super(scope, id);
    refuse(this.node.path, props?.services ? serviceMistakes(props.services) : missing(props, 'services'));
    const choices = new TierChoices(this, props);
    const told = toldBy(this, choices, { ...props, layer: AlarmLayer.DEPENDENCY });
    this.alarms = Object.fromEntries(
      props.services.map((service) => {
        const place = new Construct(this, service);
        const vendor = `AWS ${service}`;
        VendorWatch.of(this, choices).listen(place, choices, vendor, {
          source: ['aws.health'],
          detailType: ['AWS Health Event'],
          detail: { service: [service], eventTypeCategory: ['issue'] },
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
