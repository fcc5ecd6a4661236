import { App, Validations } from 'aws-cdk-lib/core';
import { ActiveActive, NinesChecks, Objectives, Residency, Service, Span, Tier } from 'cdk-nines';
import { PaymentsRegion } from './payments-region';

const app = new App();

const payments = new Service({
  name: 'payments',
  tier: Tier.MISSION_CRITICAL,
  owner: 'team-payments',
  system: 'banking',
  // A payment that was acknowledged is never lost, whatever else is.
  objectives: Objectives.forTier(Tier.MISSION_CRITICAL, { region: { rpo: Span.ZERO } }),
  residency: new Residency({ countries: ['IE', 'DE', 'FR'] }),
});

new ActiveActive(app, 'Payments', {
  service: payments,
  account: '123456789012',
  regions: ['eu-west-1', 'eu-central-1'],
  witness: 'eu-west-3',
  stackClass: PaymentsRegion,
});

Validations.of(app).addPlugins(new NinesChecks());
