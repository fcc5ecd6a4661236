import { App, Validations } from 'aws-cdk-lib/core';
import { ActivePassive, NinesChecks, RecoveryApproach, Residency, Service, Tier } from 'cdk-nines';
import { ShopRegion } from './shop-region';

const app = new App();

// `-c tier=2` asks for less: compare with `cdk diff`. Nothing that holds data is replaced.
const tier = app.node.tryGetContext('tier') === '2' ? Tier.IMPORTANT : Tier.BUSINESS_CRITICAL;

const shop = new Service({
  name: 'shop',
  tier,
  owner: 'team-shop',
  system: 'retail',
  residency: new Residency({ countries: ['IE', 'DE'] }),
});

// A warm standby, which tier 1 owes: Frankfurt runs at half the size, and its database follows that of Ireland.
new ActivePassive(app, 'Shop', {
  service: shop,
  account: '123456789012',
  primary: 'eu-west-1',
  standby: 'eu-central-1',
  approach: RecoveryApproach.WARM_STANDBY,
  stackClass: ShopRegion,
});

Validations.of(app).addPlugins(new NinesChecks());
