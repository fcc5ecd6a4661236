import type { Component } from '../component';
import { nameOf } from '../modelling';

/** Types that keep data or serve users, and of which nothing is modelled here. */
const TYPES: readonly string[] = [
  'AWS::AppStream::Fleet',
  'AWS::DirectoryService::MicrosoftAD',
  'AWS::DirectoryService::SimpleAD',
  'AWS::DocDBElastic::Cluster',
  'AWS::EC2::EC2Fleet',
  'AWS::EC2::SpotFleet',
  'AWS::EMR::Cluster',
  'AWS::EMRServerless::Application',
  'AWS::GameLift::Fleet',
  'AWS::Lightsail::Container',
  'AWS::Lightsail::Database',
  'AWS::Lightsail::Instance',
  'AWS::M2::Environment',
  'AWS::MWAA::Environment',
  'AWS::NeptuneGraph::Graph',
  'AWS::OpenSearchServerless::Collection',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::SageMaker::Endpoint',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::Transfer::Server',
  'AWS::WorkSpaces::Workspace',
];

/** What is not modelled fails all the same, as what has no agreement does; that it does so is said. */
const UNMODELLED_TYPES: Component = {
  types: TYPES,
  part: 'data',
  fails: (resource, model) => {
    model.assume(
      `${nameOf(resource)}: of ${resource.type} neither zones nor recovery are modelled; its availability is assumed`,
      resource,
    );
    return model.regional(resource, model.assumption('withoutAgreement'));
  },
};

export const UNMODELLED: readonly Component[] = [UNMODELLED_TYPES];
