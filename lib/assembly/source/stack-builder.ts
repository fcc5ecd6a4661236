import { type ConstructMetadata, constructsOf, nestedScope } from './construct-metadata';
import { isObject } from './json';
import { locate } from './position';
import { refusal } from './refusal';
import { isMacroKey, type SourceStack, type TemplateResource } from './source';
import { realPathOf, type Template } from './template';

/** What is known of a stack apart from its template. */
export type StackFacts = Omit<
  SourceStack,
  'file' | 'template' | 'nested' | 'constructs' | 'acknowledgements'
>;

/** Finds what a stack's template only points at. */
export interface Surroundings {
  readonly metadata: ConstructMetadata;

  /**
   * The file of a nested template as the user would write it, or nothing when it is not at hand.
   *
   * @throws ConfigurationError when it should be at hand
   */
  nestedFile(parent: Template, id: string, resource: TemplateResource): string | undefined;

  /** The template in the file of a nested one. */
  template(file: string): Template;
}

/** The serverless transform turns applications into nested stacks. */
const NESTING_TYPES = ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'];

/** Stacks within one stack, at any depth. CloudFormation deploys at most 2,500 at once. */
const MOST_STACKS = 10_000;

/** Stacks around a stack; people nest four or five deep. */
const DEEPEST_STACK = 100;

/** Where in the nesting a template stands. */
interface Nesting {
  /** Real paths of the template and of all that it is nested in. */
  readonly files: readonly string[];

  /** Its scope in the construct metadata, empty for the outermost. @default - not known */
  readonly scope?: string;
}

/** Puts a stack and those nested in it together. */
export class StackBuilder {
  private nestedStacks = 0;

  constructor(private readonly surroundings: Surroundings) {}

  /** @throws ConfigurationError when a nested template is missing, unsound, or nests itself */
  build(facts: StackFacts, template: Template): SourceStack {
    return this.stack(facts, template, { files: [realPathOf(template.file)], scope: '' });
  }

  private stack(facts: StackFacts, template: Template, nesting: Nesting): SourceStack {
    const { metadata } = this.surroundings;
    const constructs = constructsOf(template.body, nesting.scope, metadata);
    const nested = new Map<string, SourceStack>();
    for (const [id, resource] of Object.entries(template.body.Resources)) {
      if (isMacroKey(id) || !NESTING_TYPES.includes(resource.Type)) continue;
      const file = this.surroundings.nestedFile(template, id, resource);
      if (file === undefined) continue;
      const scope = nestedScope(constructs.get(id)?.path);
      nested.set(id, this.nestedStack(facts, { template, id, file }, { files: nesting.files, scope }));
    }
    const acknowledgements =
      nesting.scope === undefined ? [] : (metadata.acknowledgements.get(nesting.scope) ?? []);
    return { ...facts, file: template.file, template: template.body, nested, constructs, acknowledgements };
  }

  private nestedStack(
    parent: StackFacts,
    at: { readonly template: Template; readonly id: string; readonly file: string },
    { files, scope }: Nesting,
  ): SourceStack {
    const { account, region } = parent;
    const real = realPathOf(at.file);
    if (files.includes(real)) {
      const problem = `nested stack ${at.id} includes itself by way of ${at.file}`;
      throw nestingRefusal(at.template, at.id, problem, 'take the circle out');
    }
    this.refuseExcess(at.template, at.id, files.length);
    const facts: StackFacts = {
      id: `${parent.id}/${at.id}`,
      name: at.id,
      nameKnown: false,
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      dependencies: [],
      parameters: {},
      tags: {},
    };
    return this.stack(facts, this.surroundings.template(at.file), { files: [...files, real], scope });
  }

  /** Templates that nest each other twice over multiply, so both numbers come to an end. */
  private refuseExcess(parent: Template, id: string, depth: number): void {
    this.nestedStacks += 1;
    if (this.nestedStacks <= MOST_STACKS && depth <= DEEPEST_STACK) return;
    const problem =
      depth > DEEPEST_STACK
        ? `nested stack ${id} is over ${DEEPEST_STACK} levels deep`
        : `nested stack ${id} is one of over ${MOST_STACKS}`;
    throw nestingRefusal(parent, id, problem, 'nest fewer stacks');
  }
}

/** The file that the CDK recorded for a nested stack. */
export function assetPathOf({ Metadata: metadata }: TemplateResource): string | undefined {
  const path = isObject(metadata) ? metadata['aws:asset:path'] : undefined;
  return typeof path === 'string' ? path : undefined;
}

/** The error for a nested stack, at the line of its resource in the parent. */
export function nestingRefusal(parent: Template, id: string, problem: string, fix: string): Error {
  const at = locate(parent.text, ['Resources', id]);
  return refusal({ file: parent.file, at, problem, fix });
}
