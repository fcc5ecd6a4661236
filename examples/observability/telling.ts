import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { EmailSubscription, SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import {
  EventTimeline,
  IncidentBridge,
  IncidentDestination,
  IncidentSeverity,
  MandatoryAlarms,
  type RegionStack,
} from 'cdk-nines';

/** Who is told: whoever is on call by PagerDuty, the team by mail and OpsItems. */
export function tellPeople(region: RegionStack): IncidentBridge {
  const bridge = new IncidentBridge(region, 'Incidents', {
    destinations: [
      IncidentDestination.pagerDuty({
        routingKey: Secret.fromSecretNameV2(region, 'PagerDuty', 'tickets/pagerduty'),
        leastSeverity: IncidentSeverity.SEV_3,
      }),
      // Tickets wait there for a working day.
      IncidentDestination.opsItem(),
    ],
    // It shares nothing with the bridge: alarms publish to it themselves.
    fallback: [new SmsSubscription('+15550100')],
  });
  // What cannot be delivered is kept.
  const mail = new EmailSubscription('team-tickets@example.com', { deadLetterQueue: bridge.deadLetters });
  // One topic for all alarms of the stack. What the tier owes an alarm gets one, where nothing of this example watches it.
  MandatoryAlarms.of(region).noticesOf(region).addSubscription(mail);
  // What happened here, in one order: who looks for a cause begins there. Its topic is that of all dead letters.
  new EventTimeline(region, 'Timeline').notifications.addSubscription(mail);
  return bridge;
}
