import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';

/** Resources of one worker: two queues, a table, a bucket, a function with its role, its policy and its mapping. */
const RESOURCES_PER_WORKER = 8;
const WORKERS_PER_STACK = 25;

const [, , size = '2000', checked] = process.argv;
const app = new App();
if (checked === 'checked') {
  const { NinesChecks } = require('cdk-nines') as typeof import('cdk-nines');
  Validations.of(app).addPlugins(new NinesChecks());
}
const workers = Math.round(Number(size) / RESOURCES_PER_WORKER);
for (let first = 0; first < workers; first += WORKERS_PER_STACK) {
  const stack = new Stack(app, `Workers${first}`, { env: { account: '123456789012', region: 'eu-west-1' } });
  for (let n = first; n < Math.min(workers, first + WORKERS_PER_STACK); n += 1) addWorker(stack, n);
}
app.synth();

function addWorker(stack: Stack, n: number): void {
  const deadLetters = new Queue(stack, `DeadLetters${n}`, { retentionPeriod: Duration.days(14) });
  const queue = new Queue(stack, `Queue${n}`, {
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
  });
  const table = new TableV2(stack, `Table${n}`, {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
  });
  const bucket = new Bucket(stack, `Bucket${n}`, { versioned: true });
  const worker = new Lambda(stack, `Worker${n}`, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });
  table.grantReadWriteData(worker);
  bucket.grantRead(worker);
  worker.addEventSource(new SqsEventSource(queue));
}
