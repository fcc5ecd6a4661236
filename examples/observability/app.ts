import { App, Validations } from 'aws-cdk-lib/core';
import { ActivePassive, NinesChecks, RecoveryApproach, Residency, Service, Tier } from 'cdk-nines';
import { PAYMENTS } from './payments';
import { TicketsRegion } from './tickets-region';

const app = new App();

const tickets = new Service({
  name: 'tickets',
  tier: Tier.BUSINESS_CRITICAL,
  owner: 'team-tickets',
  system: 'events',
  thirdParties: [PAYMENTS],
  residency: new Residency({ countries: ['IE', 'DE', 'SE'] }),
  // It goes with each alarm to whoever is woken.
  runbook: 'https://runbooks.example.com/tickets',
});

new ActivePassive(app, 'Tickets', {
  service: tickets,
  account: '123456789012',
  primary: 'eu-west-1',
  standby: 'eu-central-1',
  approach: RecoveryApproach.WARM_STANDBY,
  stackClass: TicketsRegion,
});

Validations.of(app).addPlugins(new NinesChecks());
