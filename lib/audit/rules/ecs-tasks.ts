import { type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { eachEntry } from '../../assembly/list-entries';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { CAPACITY, LOG_RETENTION, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const TASK = ['AWS::ECS::TaskDefinition'];
const GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';

export const logsDoNotBlock: Rule = {
  id: 'ECS-04',
  title: 'Containers go on when their logs cannot be written.',
  kind: 'redundancy',
  why: 'In blocking mode a container waits for CloudWatch Logs: when that is slow, the application stops with it.',
  fix: 'set mode to non-blocking in the options of awslogs',
  severity: MEDIUM,
  appliesTo: TASK,
  controls: REDUNDANCY,
  sources: [`${GUIDE}/using_awslogs.html`],
  check: (task) => ofContainers(task, judgeMode(task)),
};

export const containersAreLimited: Rule = {
  id: 'ECS-05',
  title: 'Containers have a limit on memory.',
  kind: 'capacity',
  why: 'A container that leaks takes the memory of its neighbours, and they are killed in its place.',
  fix: 'set Memory of every container',
  severity: MEDIUM,
  appliesTo: TASK,
  controls: CAPACITY,
  sources: [
    'https://docs.aws.amazon.com/config/latest/developerguide/ecs-task-definition-memory-hard-limit.html',
  ],
  check: (task) => ofContainers(task, (container) => task.isSet(`${container}.Memory`, 'a hard limit')),
};

export const containersWriteLogs: Rule = {
  id: 'ECS-06',
  title: 'Containers write their logs somewhere.',
  kind: 'monitoring',
  why: 'Why a task stopped is gone with the task.',
  fix: 'set LogConfiguration of every container',
  severity: MEDIUM,
  appliesTo: TASK,
  controls: LOG_RETENTION,
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-9'],
  check: (task) =>
    ofContainers(task, (container) => task.isSet(`${container}.LogConfiguration.LogDriver`, 'a log driver')),
};

function ofContainers(
  task: Resource,
  judge: (container: string) => Judgement,
): Judgement | readonly Judgement[] {
  const judged = eachEntry(task, 'ContainerDefinitions', judge);
  return judged.length > 0 ? judged : notApplicable('it defines no containers');
}

/** Where no mode is set, the account decides; since June 2025 that is non-blocking unless the account says otherwise. */
function judgeMode(task: Resource): (container: string) => Judgement {
  return (container) => {
    const driver = task.text(`${container}.LogConfiguration.LogDriver`);
    if (driver instanceof Unknown) return unknown(`${container}.LogConfiguration.LogDriver`, driver);
    if (driver !== 'awslogs') return notApplicable('its logs are not written by awslogs');
    const path = `${container}.LogConfiguration.Options.mode`;
    return task.get(path) === undefined
      ? pass({ property: path, found: 'not set: non-blocking, the default since June 2025' })
      : task.is(path, 'non-blocking');
  };
}
