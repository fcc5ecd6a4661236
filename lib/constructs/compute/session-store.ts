import { AttributeType, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { formatSeconds, Span } from '../../calculus/time-span';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { Replication } from '../../objectives/replication';
import type { DataProps } from '../data/data-choice';
import { GlobalTable } from '../data/key-value/global-table';
import { owedForRegion } from '../data/owed-for-region';
import { TierChoices } from '../governance/tier-choices';
import { membershipOf } from '../region/membership';

/** Properties of a {@link SessionStore}. */
export interface SessionStoreProps extends DataProps {
  /**
   * The region whose stack makes the table with all its replicas, for as long as the table lives.
   *
   * @default - the primary; needed where several regions serve
   */
  readonly homeRegion?: string;

  /**
   * The attribute that says when a session ends, in seconds since 1970. DynamoDB deletes it within days after; whoever
   * reads a session looks at it.
   *
   * @default 'expires'
   */
  readonly expiresAttribute?: string;

  /**
   * Whether no replica can be deleted.
   *
   * @default - true in production
   */
  readonly deletionProtection?: boolean;
}

/**
 * What users have between two requests, outside of what serves them: a task, an instance, a zone or a region is lost and
 * they stay signed in. A DynamoDB table by session id, `id`, whose sessions expire by themselves, in every region of the
 * service.
 *
 * Writes reach the other regions within seconds: who changes region meanwhile may find an older session. A table whose
 * items expire cannot be strongly consistent.
 *
 * @throws ConfigurationError when it stands in no set of regions, or keeps sessions worse than the tier owes
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export class SessionStore extends Construct {
  /** This region's part of the table. */
  readonly sessions: GlobalTable;

  /** The table, or what stands for it in a region that does not make it. */
  readonly table: ITableV2;

  /** The key of this region. */
  readonly key: IKey;

  /** The name of the table, the same in all regions. */
  readonly tableName: string;

  /** The attribute that says when a session ends. */
  readonly expiresAttribute: string;

  /** @throws ConfigurationError where sessions are owed that no lost region may take with it */
  constructor(scope: Construct, id: string, props: SessionStoreProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    this.expiresAttribute = props.expiresAttribute ?? 'expires';
    refuse(this.node.path, [
      ...attributeMistakes(this.expiresAttribute),
      ...lossMistakes(this, owedForRegion(this, choices, props).rpoSeconds, props),
    ]);
    const { homeRegion, dataClass, deletionProtection, tier, weakening } = props;
    this.sessions = new GlobalTable(this, 'Table', {
      partitionKey: { name: KEY, type: AttributeType.STRING },
      timeToLiveAttribute: this.expiresAttribute,
      replication: Replication.asynchronous({ maxLag: Span.seconds(LAG) }),
      ...(homeRegion !== undefined && { homeRegion }),
      ...(dataClass !== undefined && { dataClass }),
      ...(deletionProtection !== undefined && { deletionProtection }),
      ...(tier !== undefined && { tier }),
      ...(weakening && { weakening }),
    });
    this.table = this.sessions.table;
    this.key = this.sessions.key;
    this.tableName = this.sessions.tableName;
  }

  /** Lets somebody, such as a `StatelessService`, begin, read, change and end sessions one by one, in this region. */
  grantSessions(grantee: IGrantable): void {
    // Not by the grant of the table, which may add indexes that it has not got.
    Grant.addToPrincipal({ grantee, actions: [...ONE_BY_ONE], resourceArns: [this.table.tableArn] });
    this.key.grant(grantee, ...WITH_KEY);
  }
}

const KEY = 'id';

const LAG = AWS_FACTS.dynamoDbGlobalTableLagSeconds.value.worst;

/** Nobody who serves needs all sessions at once. */
const ONE_BY_ONE = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
const WITH_KEY = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];

function attributeMistakes(attribute: string): Mistake[] {
  if (Token.isUnresolved(attribute) || (attribute !== '' && attribute !== KEY)) return [];
  return [
    {
      problem:
        attribute === KEY
          ? 'expiresAttribute is id, which is the key of a session'
          : 'expiresAttribute is empty',
      fix: "name another attribute, such as 'expires'",
    },
  ];
}

/** A table whose items expire loses what is behind: seconds, and no store for sessions loses less. */
function lossMistakes(
  construct: Construct,
  owed: number | undefined,
  { dataClass, weakening }: SessionStoreProps,
): Mistake[] {
  const isAlone = (membershipOf(construct)?.peers.length ?? 0) === 0;
  if (isAlone || weakening || owed === undefined || owed >= LAG) return [];
  return [
    {
      problem: `sessions of the last ${formatSeconds(LAG)} are lost with a region, but ${dataClass ?? 'data'} is owed an RPO of ${formatSeconds(owed)}`,
      fix: 'declare a data class for sessions that is rebuildable (users sign in again), and set dataClass to its name; or keep them in a GlobalTable with Replication.synchronous() and without timeToLiveAttribute, and delete them yourself when they end',
    },
  ];
}
