import { MultiRegionKey, type MultiRegionKeyProps } from '../../../lib/constructs/recovery/multi-region-key';
import { Tier } from '../../../lib/objectives/tier';
import { refusal, shopStack } from '../fixtures';
import { primaryKeyArn, roleIn } from './fixtures';
import { ACCOUNTS, all, inTwoRegions, PRIMARY, STANDBY, statement } from './region-fixtures';

const tier = Tier.BUSINESS_CRITICAL;

function keys(
  props: MultiRegionKeyProps,
  options: { nonProduction?: boolean; accounts?: typeof ACCOUNTS } = {},
) {
  return inTwoRegions({ tier, ...options }, (stack) => {
    new MultiRegionKey(stack, 'Key', props);
  });
}

describe('a key in several regions', () => {
  it('is a key of its own in each region, under one alias', () => {
    const { primary, standby } = keys({});
    for (const stack of [primary, standby]) {
      const [key] = all(stack, 'AWS::KMS::Key');
      expect(key).toMatchObject({
        MultiRegion: false,
        EnableKeyRotation: true,
        RotationPeriodInDays: 365,
        PendingWindowInDays: 30,
      });
      expect(all(stack, 'AWS::KMS::Alias')[0].AliasName).toBe('alias/shop-key');
      expect(all(stack, 'AWS::KMS::ReplicaKey')).toEqual([]);
    }
  });

  it('is a multi-Region key and its replica where ciphertext travels', () => {
    const { primary, standby } = keys({ ciphertextTravels: true, primaryKeyArn: primaryKeyArn(PRIMARY) });
    expect(all(primary, 'AWS::KMS::Key')[0].MultiRegion).toBe(true);
    expect(all(standby, 'AWS::KMS::Key')).toEqual([]);
    expect(all(standby, 'AWS::KMS::ReplicaKey')[0]).toMatchObject({
      PrimaryKeyArn: primaryKeyArn(PRIMARY),
      PendingWindowInDays: 30,
    });
    expect(all(standby, 'AWS::KMS::Alias')[0].AliasName).toBe('alias/shop-key');
  });

  it('works in two accounts', () => {
    const { primary, standby } = keys({ alias: 'alias/orders' }, { accounts: ACCOUNTS });
    expect([primary.account, standby.account]).toEqual(ACCOUNTS);
    expect(all(standby, 'AWS::KMS::Alias')[0].AliasName).toBe('alias/orders');
  });

  it('waits for a week only where it may be torn down', () => {
    const { primary } = keys({}, { nonProduction: true });
    expect(all(primary, 'AWS::KMS::Key')[0].PendingWindowInDays).toBe(7);
  });

  it('keeps administrators from using it, and users from ending it', () => {
    const { primary } = inTwoRegions({ tier }, (stack) => {
      new MultiRegionKey(stack, 'Key', {
        administrators: [roleIn(stack, 'Administrator')],
        users: [roleIn(stack, 'User')],
      });
    });
    const { KeyPolicy } = all(primary, 'AWS::KMS::Key')[0];
    const never = statement(KeyPolicy, 'AdministratorsDoNotUse');
    expect(never).toMatchObject({ Effect: 'Deny' });
    expect(never.Action).toContain('kms:Decrypt');
    expect(statement(KeyPolicy, 'Administrators').Action).not.toContain('kms:Decrypt');
    expect(statement(KeyPolicy, 'UsersDoNotAdminister')).toMatchObject({
      Effect: 'Deny',
      Action: ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
    });
  });
});

describe('a key in several regions is refused when', () => {
  it('a replica does not know its primary key', () => {
    const { path, problem, fix } = refusal(() => keys({ ciphertextTravels: true }));
    expect(path).toBe(`Shop-${STANDBY}/Key`);
    expect(problem).toBe('eu-central-1 has a replica of the key, but primaryKeyArn is missing');
    expect(fix).toMatch(/deploy the primary region first/);
  });

  it('the primary key is no multi-Region key', () => {
    const primary = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(refusal(() => keys({ ciphertextTravels: true, primaryKeyArn: primary })).problem).toBe(
      `primaryKeyArn is "${primary}", which is no multi-Region key`,
    );
  });

  it('the primary key is in the region of the replica', () => {
    const arn = primaryKeyArn(STANDBY);
    expect(refusal(() => keys({ ciphertextTravels: true, primaryKeyArn: arn })).problem).toBe(
      'primaryKeyArn names a key in eu-central-1, where the replica is to be',
    );
  });

  it('the primary key is in another account', () => {
    const props = { ciphertextTravels: true, primaryKeyArn: primaryKeyArn(PRIMARY) };
    expect(refusal(() => keys(props, { accounts: ACCOUNTS })).problem).toBe(
      'primaryKeyArn names a key of account 111122223333, but a replica in 444455556666 is asked for',
    );
  });

  it('a primary key is named that nothing needs', () => {
    expect(refusal(() => keys({ primaryKeyArn: primaryKeyArn(PRIMARY) })).problem).toBe(
      'primaryKeyArn is set, but each region has a key of its own',
    );
  });

  it('its alias is no name', () => {
    expect(refusal(() => keys({ alias: 'aws/mine' })).problem).toBe(
      'alias "aws/mine" is no name of an alias',
    );
  });

  it('a role both administers and uses it', () => {
    const both = () =>
      inTwoRegions({ tier }, (stack) => {
        const role = roleIn(stack, 'Both');
        new MultiRegionKey(stack, 'Key', { administrators: [role], users: [role] });
      });
    expect(refusal(both).problem).toBe('Shop-eu-west-1/Both both administers and uses the key');
  });

  it('its stack belongs to no set of regions', () => {
    const stack = shopStack(tier);
    expect(refusal(() => new MultiRegionKey(stack, 'Key')).problem).toMatch(/belongs to no set of regions/);
  });
});
