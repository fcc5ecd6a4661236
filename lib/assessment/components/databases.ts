import { isManagedByCluster, isMultiAzDbCluster, membersOf } from '../../assembly/data/database-members';
import type { Resource } from '../../assembly/resource';
import { AWS_SLAS } from '../../calculus/aws-slas';
import { likelihoodBySla } from '../../calculus/likelihood';
import type { Component } from '../component';
import type { Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';

/** An instance that stands alone; the cluster answers for its members. */
const INSTANCE: Component = {
  types: ['AWS::RDS::DBInstance'],
  part: (instance) => (isManagedByCluster(instance) === true ? 'support' : 'data'),
  fails: (instance, model) => {
    if (isManagedByCluster(instance) === true) return ofCluster(instance, model);
    const multi = instance.get('MultiAZ');
    if (multi === true || multi === 'true')
      return model.regional(
        instance,
        likelihoodBySla(AWS_SLAS.rdsMultiAz, 'a Multi-AZ database, by its agreement'),
      );
    return inOneZone(
      instance,
      model,
      likelihoodBySla(AWS_SLAS.rdsSingleInstance, 'a single database, by its agreement'),
    );
  },
};

const CLUSTER: Component = {
  types: ['AWS::RDS::DBCluster'],
  part: 'data',
  fails: (cluster, model) => {
    if (isMultiAzDbCluster(cluster) === true)
      return model.regional(
        cluster,
        likelihoodBySla(AWS_SLAS.rdsMultiAz, 'a Multi-AZ cluster, by its agreement'),
      );
    const { sure } = membersOf(cluster);
    if (sure.length > 1)
      return model.regional(
        cluster,
        likelihoodBySla(AWS_SLAS.auroraMultiAz, 'Aurora with a reader, by its agreement'),
      );
    return inOneZone(
      cluster,
      model,
      likelihoodBySla(AWS_SLAS.auroraSingleAz, 'Aurora without a reader, by its agreement'),
    );
  },
};

export const DATABASES: readonly Component[] = [INSTANCE, CLUSTER];

function ofCluster(instance: Resource, model: Modelling): Failure {
  const cluster = instance.target('DBClusterIdentifier');
  return cluster && 'type' in cluster ? model.of(cluster) : model.region(instance);
}

function inOneZone(
  database: Resource,
  model: Modelling,
  likelihood: ReturnType<typeof likelihoodBySla>,
): Failure {
  const [zone] = model.zoneNames(database, database.zones);
  model.assume(`${nameOf(database)} stands in one zone`, database);
  return model.zonal(database, zone ?? 'any-region#0', likelihood);
}
