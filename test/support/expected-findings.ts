import type { Tier } from '../../lib/objectives/tier';

/** What one part cannot do for its whole service: at which tiers it is missed, and why that is no fault of the part. */
export interface NotAlone {
  readonly tiers: readonly Tier[];

  /** At which tiers some of the options drawn at random miss it as well. @default - none */
  readonly drawnAt?: readonly Tier[];

  readonly because: string;
}

const ALL: readonly Tier[] = [0, 1, 2, 3];

const NOTHING_SERVES: NotAlone = {
  tiers: ALL,
  because: 'it is on the way in, and in its minimal use there is nothing behind it that serves',
};

const NO_WAY_TO_THE_OTHER: NotAlone = {
  tiers: [0],
  because: 'no name leads whoever uses it to the other region: those users count as lost until they find it',
};

const NOTHING_BESIDE: NotAlone = {
  tiers: [0],
  because:
    'it only watches, which no user waits for; alone in its service it is all that there is to be owed',
};

/**
 * What the minimal use of a pattern misses of what its whole service is owed, by construct and rule. All others keep both
 * rules with nothing around them but names that lead to them, and away from a lost region; so do the examples.
 */
export const NOT_ALONE: Readonly<Record<string, Readonly<Record<string, NotAlone>>>> = {
  ActiveActiveDns: {
    'X-42': {
      tiers: [],
      drawnAt: ALL,
      because: 'the spare load balancer of some options has a name of its own, which leads nobody away',
    },
    'X-51': NOTHING_SERVES,
  },
  AlarmHealthCheck: { 'X-51': NOTHING_SERVES },
  AwsHealth: { 'X-51': NOTHING_BESIDE },
  BackupStrategy: { 'X-51': NO_WAY_TO_THE_OTHER },
  DurableStream: { 'X-51': NO_WAY_TO_THE_OTHER },
  FailoverDns: { 'X-51': NOTHING_SERVES },
  GlobalEntry: {
    'X-51': {
      tiers: [0],
      because:
        'the agreement on Global Accelerator is what tier 0 owes, and a defect in all copies comes on top of it',
    },
  },
  GlobalEntryRegion: { 'X-51': NOTHING_SERVES },
  GlobalTable: { 'X-51': NO_WAY_TO_THE_OTHER },
  HealthCheckedLoadBalancer: { 'X-51': NOTHING_SERVES },
  HealthCheckedNetworkLoadBalancer: { 'X-51': NOTHING_SERVES },
  Heartbeat: { 'X-51': NOTHING_BESIDE },
  IncidentBridge: { 'X-51': NOTHING_BESIDE },
  KafkaCluster: { 'X-51': NO_WAY_TO_THE_OTHER },
  KafkaReplication: { 'X-51': NO_WAY_TO_THE_OTHER },
  OriginFailover: {
    'X-51': {
      tiers: [0, 1, 2],
      because: 'the agreement on CloudFront is 99.9 %, and all users come in by it',
    },
  },
  RestoreTesting: { 'X-51': NO_WAY_TO_THE_OTHER },
  Retrofit: {
    'X-51': {
      tiers: [0, 1, 2],
      because: 'the plain record that it finds leads to one address, of which nothing is known',
    },
  },
  RoutingControlCheck: {
    'X-42': { tiers: [0], because: 'people turn the control here: at tier 0 a plan of RegionSwitch has to' },
    'X-51': NOTHING_SERVES,
  },
  SearchDomain: { 'X-51': NO_WAY_TO_THE_OTHER },
  SessionStore: { 'X-51': NO_WAY_TO_THE_OTHER },
  StatelessFunction: { 'X-51': { ...NO_WAY_TO_THE_OTHER, tiers: [], drawnAt: [0] } },
  ThirdPartyDependency: {
    'X-51': {
      tiers: [0],
      because: 'the third party of the example promises as much as tier 0 owes all in all',
    },
  },
  ZonalAutoshift: { 'X-51': NOTHING_SERVES },
};
