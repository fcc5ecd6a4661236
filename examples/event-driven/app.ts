import { App, Validations } from 'aws-cdk-lib/core';
import { ActivePassive, NinesChecks, Service, Tier } from 'cdk-nines';
import { InvoicesRegion } from './invoices-region';

const app = new App();

const invoices = new Service({
  name: 'invoices',
  tier: Tier.BUSINESS_CRITICAL,
  owner: 'team-billing',
  system: 'retail',
  // Whoever sends a message can send it again: what waits in a lost region need not be in another one.
  dataClasses: [{ name: 'in-flight', rebuildable: true }],
});

new ActivePassive(app, 'Invoices', {
  service: invoices,
  account: '123456789012',
  primary: 'eu-west-1',
  standby: 'eu-central-1',
  stackClass: InvoicesRegion,
});

Validations.of(app).addPlugins(new NinesChecks());
