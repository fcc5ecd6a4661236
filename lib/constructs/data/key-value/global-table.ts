import {
  type Attribute,
  ContributorInsightsMode,
  type GlobalSecondaryIndexPropsV2,
  type ITableV2,
  type LocalSecondaryIndexProps,
  type StreamViewType,
  type TableClass,
  type TableOptionsV2,
  type WarmThroughput,
} from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { STORE_FACTS } from '../../../calculus/store-facts';
import type { StoreFact } from '../../../calculus/stores/store';
import { missing, refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { ReplicationMode } from '../../../objectives/policy/regions';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { Replication } from '../../../objectives/replication';
import { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import { type DataProps, holdStore } from '../data-choice';
import { homeRegionOf } from '../home-region';
import { owedForRegion } from '../owed-for-region';
import { peerKeyMistakes, regionalKey } from '../regional-key';
import { type Twin, type Twins, twinsOf } from '../twin';
import { witnessMistakes } from '../witness-mistakes';
import {
  CONSISTENCY_PAGE,
  defaultReplication,
  replicationMistakes,
  tableMistakes,
  witnessOf,
} from './global-table-regions';
import { tableIn } from './global-table-replicas';

/** Properties of a {@link GlobalTable}. */
export interface GlobalTableProps extends DataProps {
  /** The partition key. Never changes: another key is another table. */
  readonly partitionKey: Attribute;

  /**
   * The sort key.
   *
   * @default - none
   */
  readonly sortKey?: Attribute;

  /**
   * How writes reach the other regions. Cannot be changed once the table is there.
   *
   * @default - synchronous where a recovery point of 0 is owed for the loss of a region, else asynchronous
   */
  readonly replication?: Replication;

  /**
   * The region whose stack makes the table with all its replicas, for as long as the table lives: say it before the
   * roles of the regions change.
   *
   * @default - the primary; needed where several regions serve
   */
  readonly homeRegion?: string;

  /**
   * The region that votes where a strongly consistent table has two replicas. It needs no stack.
   *
   * @default - the witness of the region set, else the first region of the same group that data may lie in
   */
  readonly witnessRegion?: string;

  /**
   * Indexes with a key of their own, 20 at most.
   *
   * @default - none
   */
  readonly globalSecondaryIndexes?: readonly GlobalSecondaryIndexPropsV2[];

  /**
   * Indexes with another sort key, 5 at most. Not with strong consistency.
   *
   * @default - none
   */
  readonly localSecondaryIndexes?: readonly LocalSecondaryIndexProps[];

  /**
   * The attribute that says when an item is to go. Not with strong consistency.
   *
   * @default - items stay
   */
  readonly timeToLiveAttribute?: string;

  /**
   * What the stream of changes holds.
   *
   * @default - new and old images where there is another region, else no stream
   */
  readonly stream?: StreamViewType;

  /**
   * How far back point-in-time recovery reaches, in days, in every replica.
   *
   * @default 35
   */
  readonly pointInTimeRecoveryDays?: number;

  /**
   * Whether no replica can be deleted.
   *
   * @default - true in production
   */
  readonly deletionProtection?: boolean;

  /**
   * Whether CloudWatch names the keys that are throttled. Keys are shown in plain text.
   *
   * @default - true at tiers 0 and 1
   */
  readonly contributorInsights?: boolean;

  /**
   * The key of this region. The policy of a key that is imported cannot be changed here: it must let the replication of
   * DynamoDB use the key.
   *
   * @default - one of its own, with rotation
   */
  readonly encryptionKey?: IKey;

  /**
   * The keys of the other regions by region, where `encryptionKey` is given and all is in one account.
   *
   * @default - those that this construct makes there
   */
  readonly peerKeyArns?: Readonly<Record<string, string>>;

  /**
   * The most read units a second, against a bill without end.
   *
   * @default - no limit but the quota of the account
   */
  readonly maxReadRequestUnits?: number;

  /**
   * The most write units a second, against a bill without end.
   *
   * @default - no limit but the quota of the account
   */
  readonly maxWriteRequestUnits?: number;

  /**
   * What the table can serve at once, before it has seen the load: for the traffic of a lost region.
   *
   * @default - what DynamoDB gives a new table
   */
  readonly warmThroughput?: WarmThroughput;

  /**
   * The storage class.
   *
   * @default - standard
   */
  readonly tableClass?: TableClass;

  /**
   * Who else may use the table, in every replica.
   *
   * @default - whom IAM allows
   */
  readonly resourcePolicy?: PolicyDocument;
}

/**
 * This region's part of a DynamoDB table that stands in all regions of its service. One CloudFormation resource, in the
 * stack of the home region, makes all replicas; elsewhere the table is known by its name. Where the regions have
 * accounts of their own, each makes its own replica. Every replica has point-in-time recovery, a key of its region and
 * protection against deletion.
 *
 * Deploy the other regions first: their keys must be there before the table. Between accounts, the home region first.
 *
 * @throws ConfigurationError when the regions or the options do not allow the replication, or the recovery points and
 * times that the data is owed cannot be kept
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html
 */
export class GlobalTable extends Construct {
  /** The table, or what stands for it in a region that does not make it. Grants are for this region's replica. */
  readonly table: ITableV2;

  /** The name of the table, the same in all regions. */
  readonly tableName: string;

  /** The key of this region. */
  readonly key: IKey;

  /** How writes reach the other regions. */
  readonly replication: Replication;

  /** The region whose stack makes the table. */
  readonly homeRegion: string;

  /** The region that only votes, where there is one. */
  readonly witnessRegion: string | undefined;

  constructor(scope: Construct, id: string, props: GlobalTableProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'partitionKey'));
    const choices = new TierChoices(this, props);
    const twins = twinsOf(this);
    this.replication =
      props.replication ?? defaultReplication(owedForRegion(this, choices, props).rpoSeconds, twins);
    this.homeRegion = homeRegionOf(twins, props.homeRegion);
    const isStrong = this.replication.mode === ReplicationMode.SYNCHRONOUS;
    this.witnessRegion = isStrong ? witnessOf(this, twins, props.witnessRegion) : props.witnessRegion;
    refuse(this.node.path, [
      ...replicationMistakes(twins, this.replication, {
        home: this.homeRegion,
        witness: this.witnessRegion,
      }),
      ...witnessMistakes(this, this.witnessRegion),
      ...tableMistakes(props, isStrong),
      ...peerKeyMistakes(props, followers(twins, this.homeRegion)),
    ]);
    holdStore(this, choices, props, storeOf(twins, isStrong));
    this.recordPlace(choices, isStrong);
    this.tableName = sharedName(this, 255);
    this.key = regionalKey(this, choices, props.encryptionKey);
    this.table = tableIn(this, {
      name: this.tableName,
      props,
      choices,
      twins,
      home: this.homeRegion,
      isStrong,
      witness: this.witnessRegion,
      key: this.key,
      options: this.chooseOptions(choices, props),
    });
  }

  private recordPlace(choices: TierChoices, isStrong: boolean): void {
    const record = (what: string, value: string, because: string) =>
      choices.record({ what, value, because, source: CONSISTENCY_PAGE });
    record(
      'replication',
      this.replication.mode,
      isStrong ? 'no write may be lost with a region' : 'what is behind by seconds may be lost with a region',
    );
    record('homeRegion', this.homeRegion, 'its stack makes the table; it must not move');
    if (this.witnessRegion !== undefined) {
      record('witnessRegion', this.witnessRegion, 'two replicas agree only with a third vote');
    }
  }

  private chooseOptions(choices: TierChoices, props: GlobalTableProps): TableOptionsV2 {
    const { tier } = choices;
    const recoveryPeriodInDays = choices.atLeast({
      what: 'pointInTimeRecoveryDays',
      owed: POINT_IN_TIME_DAYS,
      chosen: props.pointInTimeRecoveryDays,
    });
    const insights = choices.on({
      what: 'contributorInsights',
      owed: { value: tier <= 1, because: INSIGHTS[tier <= 1 ? 0 : 1], source: OWN_DECISION },
      chosen: props.contributorInsights,
    });
    const { resourcePolicy, tableClass } = props;
    return {
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays },
      deletionProtection: choices.locked({ what: 'deletionProtection', chosen: props.deletionProtection }),
      contributorInsightsSpecification: {
        enabled: insights,
        ...(insights && { mode: ContributorInsightsMode.THROTTLED_KEYS }),
      },
      ...(tableClass && { tableClass }),
      ...(resourcePolicy && { resourcePolicy }),
    };
  }
}

/** The regions whose keys the home region must name: all in its account. */
function followers({ own, others, accounts }: Twins, home: string): readonly Twin[] {
  return own.region === home && accounts.length === 1 ? others : [];
}

function storeOf({ others }: Twins, isStrong: boolean): StoreFact {
  if (others.length === 0) return STORE_FACTS.dynamoDbTable;
  return isStrong ? STORE_FACTS.dynamoDbGlobalTableStrong : STORE_FACTS.dynamoDbGlobalTableEventual;
}

const POINT_IN_TIME_DAYS: Decided<number> = {
  value: 35,
  because: 'the longest that point-in-time recovery reaches',
  source: AWS_FACTS.dynamoDbPointInTimeLagSeconds.source,
};

const INSIGHTS = [
  'a hot key is found while it throttles, not after',
  'throttling is seldom enough to look at it by hand',
] as const;
