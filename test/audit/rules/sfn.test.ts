import { workflowIsObserved, workflowSurvivesErrors } from '../../../lib/audit/rules/sfn';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const observed = (Level: unknown, Enabled: unknown) => ({
  LoggingConfiguration: { Level },
  TracingConfiguration: { Enabled },
});

checks(workflowIsObserved, {
  passes: { 'all is logged': observed('ALL', true), 'errors are': observed('ERROR', 'true') },
  fails: {
    'nothing is said': {},
    'only fatal errors are': observed('FATAL', true),
    'it is not traced': observed('ALL', false),
  },
  unknown: { 'deploy decides': observed(OPEN, true) },
  notApplicable: 'every state machine is asked',
});

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const RETRY = { Retry: [{ ErrorEquals: ['States.ALL'] }] };
const CATCH = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }] };
const text = (states: object, more: object = { TimeoutSeconds: 60 }) => ({
  DefinitionString: JSON.stringify({ StartAt: 'Call', States: states, ...more }),
});
const fan = (more: object) => ({
  Fan: {
    Type: 'Parallel',
    Branches: [{ StartAt: 'Call', States: { Call: { ...TASK, ...RETRY } } }],
    ...more,
  },
});

checks(workflowSurvivesErrors, {
  passes: {
    'its task tries again and catches': text({ Call: { ...TASK, ...RETRY, ...CATCH } }),
    'what is around it catches': text(fan(CATCH)),
  },
  fails: {
    'its task does not try again': text({ Call: { ...TASK, ...CATCH } }),
    'its task does not catch': text({ Call: { ...TASK, ...RETRY } }),
    'a nested task does not': text(fan({})),
    'it may never end': text({ Call: { ...TASK, ...RETRY, ...CATCH } }, {}),
    'it tries again for its own errors only': text({
      Call: { ...TASK, ...CATCH, Retry: [{ ErrorEquals: ['NotReady'] }] },
    }),
    'it stands in plain properties': { Definition: { States: { Call: TASK } } },
  },
  unknown: {
    'the definition lies in a bucket': { DefinitionS3Location: { Bucket: 'b', Key: 'k' } },
    'the text is a parameter': { DefinitionString: OPEN },
  },
  notApplicable: 'every state machine has to end',
});
