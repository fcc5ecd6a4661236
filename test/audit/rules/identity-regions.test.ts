import { identityStandsInEveryRegion } from '../../../lib/audit/rules/identity-regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import type { Tier } from '../../../lib/objectives/tier';
import { placeOf } from '../../support/places';
import { checks } from '../../support/rule-cases';

type Resources = Record<string, unknown>;

const topic = { Topic: { Type: 'AWS::SNS::Topic' } };

const shop = (here: Resources, there: Resources = topic, tier: Tier = 0) => ({
  stacks: {
    here: placeOf({ tier, role: RegionRole.ACTIVE, region: 'eu-west-1' }, here),
    there: placeOf({ tier, role: RegionRole.ACTIVE, region: 'eu-central-1' }, there),
  },
});

const secret = (...regions: unknown[]) => ({
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: regions.length > 0 ? { ReplicaRegions: regions.map((Region) => ({ Region })) } : {},
  },
});

const pool = { Users: { Type: 'AWS::Cognito::UserPool' } };

checks(identityStandsInEveryRegion, {
  passes: {
    'the secret is replicated to the other region': shop(secret('eu-central-1')),
    'each region has users of its own': shop({ ...pool, ...secret('eu-central-1') }, pool),
  },
  fails: {
    'the secret is in one region': shop(secret()),
    'the secret is replicated elsewhere': shop(secret('us-east-1')),
    'users are in one region': shop(pool),
  },
  unknown: {
    'the region of the replica is open': shop(secret({ Ref: 'Missing' })),
    'the region of the stack is open': {
      stacks: {
        here: placeOf({ tier: 0, role: RegionRole.ACTIVE }, pool),
        there: placeOf({ tier: 0, role: RegionRole.ACTIVE, region: 'eu-central-1' }, topic),
      },
    },
  },
  notApplicable: {
    'the service is of tier 1': shop(pool, topic, 1),
    'the service runs in one region': {
      stacks: { here: placeOf({ tier: 0, role: RegionRole.ACTIVE, region: 'eu-west-1' }, pool) },
    },
  },
});
