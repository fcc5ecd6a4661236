import { fail, type Judgement, notApplicable, pass, unknown } from './judgement';
import type { Stack } from './stack';

/** Judges whether CloudFormation refuses to delete a stack. A nested stack goes with its parent. */
export function terminationProtected({ source, parent }: Stack): Judgement {
  if (parent) return notApplicable('the stack around it decides');
  const { terminationProtection, nameKnown } = source;
  // A template by itself says nothing of the stack that it becomes.
  if (!nameKnown) return unknown(undefined, 'a template does not say whether its stack is protected');
  if (terminationProtection === true) return pass({ found: 'termination protection' });
  return fail({
    found: `termination protection off${terminationProtection === undefined ? ', the default' : ''}`,
    needed: 'termination protection on',
  });
}
