import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { EmailSubscription, SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration } from 'aws-cdk-lib/core';
import {
  AlarmTree,
  AlertSeverity,
  IncidentBridge,
  IncidentDestination,
  IncidentSeverity,
  loadBalancerAvailability,
  loadBalancerLatency,
  MaintenanceSchedule,
  MaintenanceWindow,
  MandatoryAlarms,
  Recurrence,
  RegionRole,
  type RegionStack,
  type ResilientNetwork,
  ServiceDashboard,
  ServiceLevelObjective,
  type StatelessService,
  UserJourney,
} from 'cdk-nines';
import { WindowKind } from 'cdk-nines/calculus';
import { causesOf } from './causes';
import { settleNightly } from './settlement';

/** Said once, in local time; every region keeps it. */
const WINDOWS = [
  new MaintenanceWindow({
    id: 'monthly-patching',
    kind: WindowKind.MAINTENANCE,
    start: '2026-12-06T03:00',
    duration: Duration.hours(1),
    timeZone: 'Europe/Berlin',
    recurrence: Recurrence.monthlyOnDay(6),
    reason: 'the payment provider patches its gateway',
    approver: 'head of ticketing',
  }),
];

/** What the sale of tickets promises, who notices when it does not keep it, and who is told. */
export function watchTickets(region: RegionStack, network: ResilientNetwork, web: StatelessService): void {
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
  // What the tier owes an alarm gets one, where none below watches it.
  const notices = MandatoryAlarms.of(region).noticesOf(region);
  // All alarms of the stack tell one topic, so people subscribe once. What cannot be delivered is kept.
  const mail = new EmailSubscription('team-tickets@example.com', { deadLetterQueue: bridge.deadLetters });
  notices.addSubscription(mail);

  const { loadBalancer } = web.loadBalancer;
  const objectives = [
    new ServiceLevelObjective(region, 'Availability', {
      indicator: loadBalancerAvailability(loadBalancer),
    }),
    new ServiceLevelObjective(region, 'Latency', {
      indicator: loadBalancerLatency(loadBalancer, Duration.millis(300)),
    }),
  ];

  // Each region is walked from outside as well: an alarm in a lost region tells nobody.
  const purchase = new UserJourney(region, 'Purchase', {
    steps: [
      { name: 'programme', url: 'https://tickets.example.org/programme', expect: { text: 'Tonight' } },
      {
        name: 'reserve',
        url: 'https://tickets.example.org/reservations',
        method: 'POST',
        body: '{"seat":"test"}',
        expect: { status: 201 },
      },
    ],
  });

  // It is settled where tickets are sold: a switch to the other region moves the job as well.
  const beats = region.place.role === RegionRole.PRIMARY ? [settleNightly(region, mail).alarm] : [];

  const burns = objectives.flatMap(({ alarms }) => alarms);
  const fast = burns.filter(({ check }) => check.window.severity === AlertSeverity.PAGE);
  const slow = burns.filter((burn) => !fast.includes(burn)).map(({ both }) => both);

  // Causes call people; while one is known, what users meet does not call them again.
  const symptoms = [...fast.map(({ both }) => both), purchase.alarm];
  const tree = new AlarmTree(region, 'Alarms', {
    components: causesOf(region, { network, web }),
    symptoms,
  });
  const urgent = [
    ...symptoms,
    ...beats,
    tree.service,
    ...tree.components.values(),
    ...tree.zones.values(),
    ...(tree.regional ? [tree.regional] : []),
  ];
  for (const alarm of urgent) bridge.watch(alarm);
  // A slow burn waits for a working day, and wakes nobody by another way either.
  for (const alarm of slow) bridge.watch(alarm, { severity: IncidentSeverity.SEV_4, ownFallback: true });

  new MaintenanceSchedule(region, 'Calendar', { windows: WINDOWS, alarms: [...urgent, ...slow] });
  new ServiceDashboard(region, 'Dashboard', {
    objectives,
    alarms: [...urgent, bridge.heartbeat, bridge.unhandled],
  });
}
