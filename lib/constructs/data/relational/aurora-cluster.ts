import type { Connections } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  type CfnDBCluster,
  type CfnDBClusterParameterGroup,
  type CfnDBInstance,
  Endpoint,
  type IDatabaseCluster,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { holdStore } from '../data-choice';
import { chooseBacktrack } from './aurora-backtrack';
import { chooseAuroraCapacity } from './aurora-capacity';
import { type AuroraProps, asCluster, auroraParts } from './aurora-parts';
import type { DatabaseAccess } from './database-access';
import { auroraEngine, DatabaseEngine } from './database-engine';
import { layFoundation } from './database-foundation';
import { ADMINISTRATOR, managedSecret } from './database-secret';

/** Properties of an {@link AuroraCluster}. */
export interface AuroraClusterProps extends AuroraProps {
  /**
   * How far the cluster can be rewound in place, up to 72 hours, with Aurora MySQL; 0 for not at all. RDS turns it on when a
   * cluster is created and never later. A cluster that can be rewound can never join a global database, nor send its binary
   * log to another region.
   *
   * @default - 24 h with Aurora MySQL, where RDS offers it: not with serverless instances, not in all regions
   */
  readonly backtrackWindow?: Duration;
}

/**
 * An Aurora cluster of one region: a writer and readers in different zones over storage in three, so that a reader takes
 * over within a minute and nothing is lost. RDS keeps and rotates the password of the administrator. It does not survive
 * the loss of its region: see `GlobalAurora`. With MySQL it can be rewound by a day within minutes; such a cluster can never
 * join a global database.
 *
 * @throws ConfigurationError when it cannot keep what its data is owed, or Aurora does not take a value
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
 */
export class AuroraCluster extends Construct implements DatabaseAccess {
  readonly cluster: CfnDBCluster;

  /** The writer first. A failover makes another the writer. */
  readonly instances: readonly CfnDBInstance[];

  /** The cluster, to pass on. */
  readonly database: IDatabaseCluster;
  readonly parameterGroup: CfnDBClusterParameterGroup;
  readonly encryptionKey: IKey;
  readonly notifications: ITopic;
  readonly secret: ISecret;
  readonly connections: Connections;
  readonly writerEndpoint: Endpoint;
  readonly readerEndpoint: Endpoint;

  constructor(scope: Construct, id: string, props: AuroraClusterProps) {
    super(scope, id);
    const engine = props?.engine ?? auroraEngine(DatabaseEngine.POSTGRESQL);
    const foundation = layFoundation(this, props, engine);
    const { choices, key, port, connections, alerts } = foundation;
    const capacity = chooseAuroraCapacity(this.node.path, choices, props);
    holdStore(this, choices, props, STORE_FACTS.auroraCluster);
    const serverless = capacity.serverless !== undefined;
    const backtrackWindow = chooseBacktrack(this, choices, {
      engine,
      serverless,
      chosen: props.backtrackWindow,
    });
    const part = { foundation, engine, capacity, props, headless: false, parameters: {} };
    const parts = auroraParts(this, {
      ...part,
      own: {
        masterUsername: props.masterUsername ?? ADMINISTRATOR,
        manageMasterUserPassword: true,
        masterUserSecret: { kmsKeyId: key.keyArn },
        ...(props.databaseName !== undefined && { databaseName: props.databaseName }),
        ...(backtrackWindow !== undefined && { backtrackWindow }),
      },
    });
    this.cluster = parts.cluster;
    this.instances = parts.instances;
    this.parameterGroup = parts.parameterGroup;
    this.encryptionKey = key;
    this.notifications = alerts.topic;
    this.connections = connections;
    this.secret = managedSecret(this, this.cluster.attrMasterUserSecretSecretArn, key);
    this.database = asCluster(this, parts, part, this.secret);
    this.writerEndpoint = new Endpoint(this.cluster.attrEndpointAddress, port);
    this.readerEndpoint = new Endpoint(this.cluster.attrReadEndpointAddress, port);
  }

  /** Lets somebody sign in as a user of the database with IAM. */
  grantConnect(grantee: IGrantable, user: string): Grant {
    return this.database.grantConnect(grantee, user);
  }
}
