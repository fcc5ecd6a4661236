import type { Confidence } from '../fact';
import type { VersionEnd, VersionedProduct } from '../service-lifecycle';

const DOCS = 'https://docs.aws.amazon.com';
const CALENDARS = 'https://endoflife.date';
const LAMBDA = `${DOCS}/lambda/latest/dg/lambda-runtimes.html`;
const EKS = `${DOCS}/eks/latest/userguide/kubernetes-versions.html`;
const CANARY = `${DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Runtime_Support_Policy.html`;
const MYSQL = `${DOCS}/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html`;
const POSTGRES = `${DOCS}/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html`;
const AURORA_MYSQL = `${DOCS}/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html`;
const AURORA_POSTGRES = `${DOCS}/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html`;
const REDIS = `${DOCS}/AmazonElastiCache/latest/dg/extended-support-versions.html`;
const SUPPORTED_CACHES = `${DOCS}/AmazonElastiCache/latest/dg/engine-versions.html`;
const REDIS_PAST = `${DOCS}/AmazonElastiCache/latest/red-ug/deprecated-engine-versions.html`;
const OPENSEARCH = `${DOCS}/opensearch-service/latest/developerguide/what-is.html`;
const KAFKA = `${DOCS}/msk/latest/developerguide/supported-kafka-versions.html`;
const ACTIVEMQ = `${DOCS}/amazon-mq/latest/developer-guide/activemq-version-management.html`;
const RABBITMQ = `${DOCS}/amazon-mq/latest/developer-guide/rabbitmq-version-management.html`;
const DOCUMENTDB = `${DOCS}/documentdb/latest/devguide/docdb-version-support-dates.html`;
const NEPTUNE = `${DOCS}/neptune/latest/userguide/engine-releases.html`;

type Reading = readonly [source: string, asOf: string, confidence?: Confidence];

/** Releases by the last day of their standard support; `none` where no end is announced. */
type Ends = Readonly<Record<string, string>>;

const ends = ([source, asOf, confidence = 'documented']: Reading, days: Ends): readonly VersionEnd[] =>
  Object.entries(days).flatMap(([day, releases]) =>
    releases.split(' ').map((release) => ({
      release,
      until: { value: day === 'none' ? undefined : day, source, asOf, confidence },
    })),
  );

/**
 * When the standard support of versions ends. Those of RDS and Aurora that are over stand in `engine-versions.ts`.
 *
 * @internal
 */
export const VERSION_ENDS: Readonly<Record<VersionedProduct, readonly VersionEnd[]>> = {
  lambda: [
    ...ends([LAMBDA, '2026-09'], {
      '2024-06-12': 'nodejs16.x',
      '2024-10-14': 'python3.8',
      '2025-09-01': 'nodejs18.x',
      '2025-12-15': 'python3.9',
      '2026-03-31': 'ruby3.2',
      '2026-04-30': 'nodejs20.x',
      '2026-10-31': 'python3.10',
      '2026-11-10': 'dotnet8',
      '2027-03-31': 'ruby3.3',
      '2027-04-30': 'nodejs22.x',
      '2027-06-30': 'python3.11 java8.al2 java11 java17',
      '2028-03-31': 'ruby3.4',
      '2028-04-30': 'nodejs24.x',
      '2028-10-31': 'python3.12',
      '2028-11-14': 'dotnet10',
      '2029-03-31': 'ruby4.0',
      '2029-06-30': 'python3.13 python3.14 java21 java25 provided.al2023',
    }),
    ...ends([`${CALENDARS}/aws-lambda`, '2025-01', 'secondary'], {
      '2016-10-31': 'nodejs',
      '2019-06-27': 'dotnetcore1.0',
      '2019-05-30': 'dotnetcore2.0',
      '2019-08-12': 'nodejs6.10',
      '2020-03-05': 'nodejs4.3 nodejs4.3-edge',
      '2020-03-06': 'nodejs8.10',
      '2021-07-15': 'python2.7',
      '2021-07-30': 'nodejs10.x ruby2.5',
      '2022-01-05': 'dotnetcore2.1',
      '2022-07-18': 'python3.6',
      '2023-03-31': 'nodejs12.x',
      '2023-04-03': 'dotnetcore3.1',
      '2023-12-04': 'nodejs14.x python3.7',
      '2023-12-07': 'ruby2.7',
      '2024-01-08': 'go1.x java8 provided',
      '2024-12-20': 'dotnet6',
    }),
  ],
  canary: ends([CANARY, '2026-04'], {
    '2024-01-08':
      'syn-nodejs-puppeteer-3.5 syn-nodejs-puppeteer-3.6 syn-nodejs-puppeteer-3.7 syn-nodejs-puppeteer-3.8',
    '2026-01-22':
      'syn-nodejs-puppeteer-7.0 syn-nodejs-puppeteer-6.2 syn-nodejs-puppeteer-5.2 syn-python-selenium-3.0 syn-python-selenium-2.1',
    '2026-02-03':
      'syn-python-selenium-4.0 syn-python-selenium-4.1 syn-python-selenium-5.0 syn-python-selenium-5.1',
    none: [
      ...['8.0', '9.0', '9.1', '10.0', '11.0', '12.0', '13.0', '13.1'].map(
        (at) => `syn-nodejs-puppeteer-${at}`,
      ),
      ...['1.0', '2.0', '3.0', '4.0', '5.0', '5.1', '6.0', '7.0', '8.0', '9.0'].map(
        (at) => `syn-nodejs-playwright-${at}`,
      ),
      'syn-nodejs-3.0 syn-nodejs-3.1 syn-python-selenium-6.0 syn-python-selenium-7.0',
    ].join(' '),
  }),
  kubernetes: ends([EKS, '2026-09'], {
    '2025-03-23': '1.29',
    '2025-07-23': '1.30',
    '2025-11-26': '1.31',
    '2026-03-23': '1.32',
    '2026-07-29': '1.33',
    '2026-12-02': '1.34',
    '2027-03-27': '1.35',
    '2027-08-02': '1.36',
  }),
  mysql: ends([MYSQL, '2026-09'], { '2029-07-31': '8.4' }),
  postgres: ends([POSTGRES, '2026-09'], {
    '2027-02-28': '14',
    '2028-02-29': '15',
    '2029-02-28': '16',
    '2030-02-28': '17',
    '2031-02-28': '18',
  }),
  'aurora-mysql': ends([AURORA_MYSQL, '2026-09'], { '2028-04-30': '8.0' }),
  'aurora-postgresql': ends([AURORA_POSTGRES, '2026-09'], {
    '2027-02-28': '14',
    '2028-02-29': '15',
    '2029-02-28': '16',
    '2030-02-28': '17',
    '2031-02-28': '18',
  }),
  mariadb: [],
  oracle: [],
  sqlserver: [],
  redis: [
    ...ends([REDIS_PAST, '2026-04'], { '2023-01-13': '2', '2023-07-31': '3' }),
    ...ends([REDIS, '2026-09'], { '2026-01-31': '4 5', '2027-01-31': '6', none: '7' }),
  ],
  valkey: ends([SUPPORTED_CACHES, '2026-09'], { none: '7 8 9' }),
  opensearch: ends([OPENSEARCH, '2026-09'], {
    '2025-11-07': '1.0 1.1 1.2 2.3 2.5 2.7 2.9',
    none: '1.3 2.11 2.13 2.15 2.17 2.19 3.1 3.2 3.3',
  }),
  elasticsearch: [
    ...ends([OPENSEARCH, '2026-09'], {
      '2025-11-07': '1.5 2.3 5.1 5.3 5.5 5.6 6.0 6.2 6.3 6.4 6.5 6.7 7.1 7.4 7.7 7.8',
    }),
    ...ends([`${CALENDARS}/amazon-elasticsearch`, '2026-09', 'secondary'], { '2027-11-07': '7.9 7.10' }),
  ],
  kafka: ends([KAFKA, '2026-09'], {
    '2024-06-05': '1.1 2.1',
    '2024-06-08': '2.2 2.3 2.4 2.5',
    '2024-09-11': '2.6 2.7 3.1 3.2 3.3',
    '2025-01-14': '2.8',
    '2025-08-04': '3.4',
    '2025-10-23': '3.5',
    '2026-06-01': '3.6',
    '2026-09-01': '3.7',
    none: '3.8 3.9 4.0 4.1',
  }),
  activemq: ends([ACTIVEMQ, '2026-09'], {
    '2024-09-16': '5.15',
    '2024-11-15': '5.16',
    '2025-06-16': '5.17',
    none: '5.18 5.19',
  }),
  rabbitmq: ends([RABBITMQ, '2026-09'], {
    '2024-09-16': '3.9',
    '2024-10-15': '3.10',
    '2025-02-17': '3.11',
    '2025-03-17': '3.12',
    none: '3.13 4.2',
  }),
  docdb: ends([DOCUMENTDB, '2026-09'], { '2026-03-30': '3.6', none: '4.0 5.0 8.0' }),
  neptune: ends([NEPTUNE, '2026-09', 'secondary'], {
    '2023-01-30': '1.0.3.0 1.0.4.0 1.0.4.1 1.0.4.2 1.0.5.0 1.0.5.1',
    '2025-03-15': '1.1.0.0',
    '2026-12-04': '1.1.1.0 1.2.0.0 1.2.0.1 1.2.0.2 1.2.1.0 1.2.1.1 1.2.1.2',
    '2027-03-06':
      '1.3.0.0 1.3.1.0 1.3.2.0 1.3.2.1 1.3.3.0 1.3.4.0 1.4.0.0 1.4.1.0 1.4.2.0 1.4.3.0 1.4.4.0 1.4.5.0 1.4.5.1 1.4.6.0 1.4.6.1',
    '2027-06-03': '1.4.6.2 1.4.6.3 1.4.7.0 1.4.7.1',
    '2027-10-27': '1.4.8.0',
  }),
};
