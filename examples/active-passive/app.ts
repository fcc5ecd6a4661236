import { App, Validations } from 'aws-cdk-lib/core';
import { NinesChecks, RegionRole, RegionSet, Residency, Service, Tier } from 'cdk-nines';
import { ShopRegion } from './shop-region';

const app = new App();

const shop = new Service({
  name: 'shop',
  tier: Tier.BUSINESS_CRITICAL,
  owner: 'team-shop',
  system: 'retail',
  residency: new Residency({ countries: ['IE', 'DE'] }),
});

new RegionSet(app, 'Shop', {
  service: shop,
  account: '123456789012',
  regions: [
    {
      region: 'eu-west-1',
      role: RegionRole.PRIMARY,
      availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    },
    {
      region: 'eu-central-1',
      role: RegionRole.STANDBY,
      availabilityZones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    },
  ],
  stackClass: ShopRegion,
});

Validations.of(app).addPlugins(new NinesChecks());
