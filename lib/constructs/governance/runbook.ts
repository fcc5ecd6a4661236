import type { IConstruct } from 'constructs';
import { ServiceScope } from './service-scope';

/** What to do, as the service says that a construct is built for. @internal */
export function ownRunbook(construct: IConstruct): string | undefined {
  return ServiceScope.of(construct)?.service.runbook;
}

/** What the text of an alarm ends with. @internal */
export function runbookWords({ runbook }: { readonly runbook?: string | undefined }): string {
  return runbook === undefined ? '' : ` Runbook: ${runbook}`;
}
