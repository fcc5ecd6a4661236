import { App, Validations } from 'aws-cdk-lib/core';
import { ActivePassive, NinesChecks, Objectives, RegionRole, RegionSet, Service, Tier } from 'cdk-nines';
import { InvoicesRegion } from './invoices-region';

const app = new App();
const account = '123456789012';
const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

// `-c regions=1` takes the second region away, and asks for less: compare with `cdk diff`. No queue and no stream is replaced.
const isAlone = app.node.tryGetContext('regions') === '1';

const invoices = new Service({
  name: 'invoices',
  tier: isAlone ? Tier.IMPORTANT : Tier.BUSINESS_CRITICAL,
  owner: 'team-billing',
  system: 'retail',
  // No name leads whoever sends to the other region: a person tells them, and 99.95 % has no time for that.
  ...(!isAlone && {
    objectives: Objectives.forTier(Tier.BUSINESS_CRITICAL, {
      slo: 0.9989,
      weakening: {
        reason: 'senders are moved by hand until they follow a plan with triggers',
        expires: '2030-12-31',
        approver: 'head of billing',
      },
    }),
  }),
  // Whoever sends a message can send it again: what waits in a lost region need not be in another one.
  dataClasses: [{ name: 'in-flight', rebuildable: true }],
});

if (isAlone) {
  new RegionSet(app, 'Invoices', {
    service: invoices,
    account,
    regions: [{ region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: ZONES }],
    stackClass: InvoicesRegion,
  });
} else {
  new ActivePassive(app, 'Invoices', {
    service: invoices,
    account,
    primary: 'eu-west-1',
    standby: 'eu-central-1',
    stackClass: InvoicesRegion,
  });
}

Validations.of(app).addPlugins(new NinesChecks());
