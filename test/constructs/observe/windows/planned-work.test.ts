import { Template } from 'aws-cdk-lib/assertions';
import { CfnZonalAutoshiftConfiguration } from 'aws-cdk-lib/aws-arczonalshift';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import { Stack, TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import {
  MaintenanceSchedule,
  type MaintenanceScheduleProps,
} from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { Service } from '../../../../lib/objectives/service';
import { shopStack } from '../../fixtures';
import { freeze, patching } from './windows';

function made(props: Partial<MaintenanceScheduleProps> = {}) {
  const stack = shopStack(1);
  const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [freeze()], ...props });
  return { stack, schedule, synth: () => Template.fromStack(stack) };
}

function experiment(scope: Construct, schedule: ScheduleExpression): Schedule {
  return new Schedule(scope, 'Experiment', {
    schedule,
    target: new Universal({ service: 'fis', action: 'startExperiment' }),
  });
}

const wednesdays = ScheduleExpression.expression('cron(0 10 ? * WED *)', TimeZone.EUROPE_BERLIN);

describe('a maintenance schedule is refused when a resource of the app comes while a window forbids it:', () => {
  it('an experiment of FIS during a freeze, also one that was added later, of another stack', () => {
    const { stack, synth } = made();
    experiment(new Stack(stack.node.root as Construct, 'Chaos'), wednesdays);
    expect(synth).toThrow(
      'Chaos/Experiment/Resource starts an experiment of FIS: it comes during the freeze holidays on 2026-12-23 10:00 Europe/Berlin, the first of 4 times; fix: let it come at another time',
    );
  });

  it.each(['PT10M', 'PT20M'])(
    'an experiment that begins a quarter of an hour before, and lasts %s',
    (duration) => {
      const { stack, synth } = made();
      const template = new CfnExperimentTemplate(stack, 'Stop', {
        description: 'stops instances',
        roleArn: 'arn:aws:iam::111122223333:role/fis',
        stopConditions: [{ source: 'none' }],
        tags: {},
        targets: {},
        actions: { stop: { actionId: 'aws:fis:wait', parameters: { duration } } },
      });
      new Schedule(stack, 'Experiment', {
        schedule: ScheduleExpression.expression('cron(45 17 18 12 ? *)', TimeZone.EUROPE_BERLIN),
        target: new Universal({
          service: 'fis',
          action: 'startExperiment',
          input: ScheduleTargetInput.fromObject({ ExperimentTemplateId: template.attrId }),
        }),
      });
      if (duration === 'PT10M') expect(synth).not.toThrow();
      else
        expect(synth).toThrow(
          'Shop/Experiment/Resource starts an experiment of FIS, which lasts 20 min: it comes during the freeze holidays on 2026-12-18 18:00',
        );
    },
  );

  it('a scheduled deployment', () => {
    const { stack, synth } = made();
    new CfnRule(stack, 'Nightly', {
      scheduleExpression: 'rate(1 day)',
      targets: [{ id: 'a', arn: stack.formatArn({ service: 'codepipeline', resource: 'Shop' }) }],
    });
    expect(synth).toThrow('Shop/Nightly starts a pipeline: it comes during the freeze holidays');
  });

  it('also years after another window came first', () => {
    const { stack, synth } = made({
      windows: [patching({ start: '2019-01-06T04:00', lastDay: '2019-12-29' }), freeze()],
    });
    experiment(stack, wednesdays);
    expect(synth).toThrow('it comes during the freeze holidays on 2026-12-23 10:00 Europe/Berlin');
  });

  it('patching', () => {
    const { stack, synth } = made();
    new CfnMaintenanceWindow(stack, 'Patches', {
      name: 'patches',
      schedule: 'cron(0 4 ? * SUN *)',
      duration: 2,
      cutoff: 0,
      allowUnassociatedTargets: false,
    });
    expect(synth).toThrow('Shop/Patches is a maintenance window of Systems Manager: it comes during');
  });

  it('practice runs of ARC on days that are not blocked', () => {
    const shift = (times: Partial<CfnZonalAutoshiftConfiguration.PracticeRunConfigurationProperty>) => {
      const { stack, schedule, synth } = made({ windows: [patching()] });
      const blocked = Object.keys(times).length > 0 ? schedule.blockedTimes() : {};
      new CfnZonalAutoshiftConfiguration(stack, 'Shift', {
        resourceIdentifier: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b',
        practiceRunConfiguration: { outcomeAlarms: [], ...blocked },
      });
      return synth;
    };
    expect(shift({})).toThrow(
      'Shop/Shift practises the loss of a zone: it may come during the maintenance patching on 2026-12-06 04:00 Europe/Berlin, the first of',
    );
    expect(shift({})).toThrow('fix: block those times: blockedTimes of the schedule says them');
    expect(shift({ blockedWindows: [] })).not.toThrow();
  });
});

describe('a maintenance schedule takes', () => {
  it('what comes at another time', () => {
    const { stack, synth } = made();
    experiment(stack, ScheduleExpression.expression('cron(0 10 ? 2-11 WED *)'));
    expect(synth).not.toThrow();
  });

  it('what is of another service', () => {
    const { stack, synth } = made();
    const other = new Construct(stack, 'Other');
    declareService(other, new Service({ name: 'mail', tier: 1, owner: 'team-mail' }));
    experiment(other, wednesdays);
    expect(synth).not.toThrow();
  });

  it('what AWS maintains each week: no date can be left out', () => {
    const { stack, synth } = made();
    new CfnDBInstance(stack, 'Db', { preferredMaintenanceWindow: 'sun:03:00-sun:04:00' });
    expect(synth).not.toThrow();
  });
});
