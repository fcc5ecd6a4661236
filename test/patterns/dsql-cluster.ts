import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { DsqlCluster } from '../../lib/constructs/data/relational/dsql-cluster';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly multiRegion: boolean | undefined;
  readonly witnessRegion: string | undefined;
  readonly linked: boolean;
  readonly dataClass: string | undefined;
}

const ONE_ACCOUNT =
  /eu-central-1 stands in another account, but an Aurora DSQL cluster spans regions of one account/;

export const dsqlCluster: Pattern<Options> = {
  construct: 'DsqlCluster',
  // Snapshots only: data that is owed less after damage is not for it.
  service: { dataClasses: [{ name: 'orders', rpo: { dataRepair: Duration.hours(48) } }] },
  build: (stack) => {
    // minimal
    new DsqlCluster(stack, 'Orders', { witnessRegion: 'eu-west-2', dataClass: 'orders' });
    // end
  },
  refusedInTwoAccounts: { 0: ONE_ACCOUNT, 1: ONE_ACCOUNT },
  backedUp: true,
  options: fc.record({
    multiRegion: fc.option(fc.boolean(), { nil: undefined }),
    witnessRegion: fc.option(fc.constantFrom('eu-west-2', 'us-east-2', 'eu-west-1'), { nil: undefined }),
    linked: fc.boolean(),
    dataClass: fc.option(fc.constant('orders'), { nil: undefined }),
  }),
  buildWith: (stack, { linked, ...options }, { regions, accounts }) => {
    const set = Object.entries(options).filter(([, value]) => value !== undefined);
    const clusterArns = regions.map(
      (region) => `arn:aws:dsql:${region}:${accounts[0]}:cluster/abcdefghijklmnopqrstuvwxyz`,
    );
    new DsqlCluster(stack, 'Orders', { ...(linked && { clusterArns }), ...Object.fromEntries(set) });
  },
};
