import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { DesignFinding } from '../checks/designs/design';
import { bridgeFindings } from './bridge';
import { heartbeatFindings } from './heartbeat';
import type { Account } from './lambda-process';
import { Metrics } from './metrics';
import type { Standing } from './standing';
import { vendorFindings } from './vendor';

/** Calls the functions of a stack that stands, and compares what comes of it with what they are for. */
export type HandlerRun = (standing: Standing, account: Account) => Promise<DesignFinding[]>;

/** The functions of ours that watch tickets. A canary needs a browser: its code runs in the unit tests alone. */
const observability: HandlerRun = async (standing, { endpoint, region, credentials }) => {
  const config = { endpoint, region, credentials };
  const metrics = new Metrics(new CloudWatchClient(config));
  return [
    ...(await bridgeFindings(standing, metrics)),
    ...(await heartbeatFindings(standing, { metrics, scheduler: new SchedulerClient(config) })),
    ...(await vendorFindings(standing, metrics)),
  ];
};

/** By example: the stack whose functions are called, and how. */
export const RUNS: Readonly<Record<string, { readonly stack: string; readonly run: HandlerRun }>> = {
  observability: { stack: 'Tickets-eu-west-1', run: observability },
};
