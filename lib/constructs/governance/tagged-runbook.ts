import { Annotations, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { refuse } from '../../objectives/mistakes';
import { runbookMistakes } from '../../objectives/runbook';
import { runbookTag } from '../../objectives/runbook-tag';

/**
 * A runbook as the value of a tag on an alarm.
 *
 * @returns `undefined` where there is none, and, with a warning, where it is not known before deploy: what tags do not take in it
 * cannot be written in another way
 * @throws ConfigurationError for one that is longer than a tag, or neither a path nor an address
 * @internal
 */
export function taggedRunbook(alarm: IConstruct, runbook: string | undefined): string | undefined {
  if (runbook === undefined) return undefined;
  if (Token.isUnresolved(runbook)) {
    Annotations.of(alarm).addWarningV2(
      'cdk-nines:runbook-is-no-tag',
      'The address of its runbook is not known before deploy, so it is in the text of the alarm and in no tag. Write the address itself.',
    );
    return undefined;
  }
  refuse(alarm.node.path, runbookMistakes(runbook));
  const tag = runbookTag(runbook);
  if (tag !== undefined) return tag;
  throw new ConfigurationError({
    path: alarm.node.path,
    problem: `the runbook ${runbook.slice(0, 60)}… is longer than the 256 characters of a tag, in which ?, & and their like take three`,
    fix: 'name a shorter address, such as the short link of the page',
  });
}
