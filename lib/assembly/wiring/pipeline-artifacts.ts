import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { Unknown } from '../value';

const PIPELINE = 'AWS::CodePipeline::Pipeline';

/** Whether a bucket holds artifacts of a pipeline, which each run makes again, and is not what the pipeline builds from. */
export function holdsArtifacts(bucket: Resource): boolean {
  const { graph } = bucket.stack;
  const isSource = graph.mentionsOf(bucket, PIPELINE).some(({ property }) => property === 'Stages');
  return !isSource && artifactBuckets(graph).has(bucket);
}

const artifactBuckets = oncePerGraph(
  (graph): ReadonlySet<Resource | Unknown> =>
    new Set(graph.ofType(PIPELINE).flatMap((pipeline) => bucketsOf(pipeline, graph))),
);

/** The bucket of a pipeline, or one for each region that it works in: those of other regions are meant by name. */
function bucketsOf(pipeline: Resource, graph: Graph): readonly (Resource | Unknown)[] {
  const stores = pipeline.list('ArtifactStores');
  const regional =
    stores instanceof Unknown ? [] : stores.map((_, index) => `ArtifactStores.${index}.ArtifactStore`);
  return ['ArtifactStore', ...regional].flatMap((store) => {
    const location = pipeline.get(`${store}.Location`);
    return location === undefined ? [] : [graph.resolve(location, pipeline)];
  });
}
