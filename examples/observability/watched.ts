import {
  AlarmTree,
  IncidentSeverity,
  MaintenanceSchedule,
  RegionRole,
  type RegionStack,
  type ResilientNetwork,
  ServiceDashboard,
  type StatelessService,
} from 'cdk-nines';
import { WINDOWS } from './calendar';
import { causesOf } from './causes';
import { watchPayments } from './payments';
import { settleNightly } from './settlement';
import { symptomsOf } from './symptoms';
import { tellPeople } from './telling';

/** What the sale of tickets promises, who notices when it does not keep it, and who is told. */
export function watchTickets(region: RegionStack, network: ResilientNetwork, web: StatelessService): void {
  const bridge = tellPeople(region);
  const calendar = new MaintenanceSchedule(region, 'Calendar', { windows: WINDOWS });
  const symptoms = symptomsOf(region, web, calendar);
  const payments = watchPayments(region);

  // It is settled where tickets are sold: a switch to the other region moves the job as well.
  const beats = region.place.role === RegionRole.PRIMARY ? [settleNightly(region).alarm] : [];

  // Causes call people; what users meet calls them where no cause is known. The team reads of each symptom in its mail.
  const tree = new AlarmTree(region, 'Alarms', {
    components: causesOf(region, { network, web, payments }),
    symptoms: symptoms.urgent,
    notifications: bridge.fallback,
  });
  const urgent = [
    tree.service,
    ...tree.components.values(),
    ...tree.zones.values(),
    ...(tree.regional ? [tree.regional] : []),
    ...beats,
  ];
  for (const alarm of urgent) bridge.watch(alarm);
  // They wait for a working day, and wake nobody by another way either.
  for (const alarm of symptoms.slow)
    bridge.watch(alarm, { severity: IncidentSeverity.SEV_4, ownFallback: true });

  calendar.mute(...urgent, ...symptoms.urgent, ...symptoms.slow);
  new ServiceDashboard(region, 'Dashboard', {
    objectives: symptoms.objectives,
    alarms: [...urgent, ...symptoms.urgent, ...symptoms.slow, bridge.heartbeat, bridge.unhandled],
  });
}
