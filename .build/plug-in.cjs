// Loads the built library, synthesises an app of its constructs, and has its plug-in judge that and templates:
// `node plug-in.cjs FOLDER-OF-TEMPLATES OUTDIR`.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

// What V8 compiled counts only for processes with the same flags.
process.env.NINES_NO_V8_FLAGS = '1';
process.env.CDK_VALIDATION = 'false';
const library = require('../dist/lib/index.js');
const { Certificate } = require('aws-cdk-lib/aws-certificatemanager');
const { Repository } = require('aws-cdk-lib/aws-ecr');
const { ContainerImage } = require('aws-cdk-lib/aws-ecs');
const { App } = require('aws-cdk-lib/core');

const { AuroraCluster, DurableQueue, HealthCheckedLoadBalancer, NinesChecks } = library;
const { RegionRole, RegionSet, ResilientNetwork, Service, StatelessService, Tier } = library;

const missing = Object.keys(library).filter((name) => library[name] === undefined);
if (missing.length > 0) throw new Error(`the library exports no ${missing.join(', ')}`);

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11';

const [, , folder, outdir] = process.argv;
judge(
  new App(),
  readdirSync(folder).map((file) => join(folder, file)),
);
judge(declaredService(), []);

function judge(appConstruct, templatePaths) {
  const stackTemplates = templatePaths.map((templatePath) => ({ templatePath, stackConstructPath: '' }));
  const { violations } = new NinesChecks().validate({ appConstruct, templatePaths, stackTemplates });
  if (violations.length === 0) throw new Error('the plug-in found nothing in the samples');
}

/** A declared service, of which what it is owed is assessed. */
function declaredService() {
  const app = new App({ outdir });
  const availabilityZones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
  new RegionSet(app, 'Shop', {
    service: new Service({ name: 'shop', tier: Tier.IMPORTANT, owner: 'team-shop' }),
    account: '123456789012',
    regions: [{ region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones }],
    build: (stack) => {
      const network = new ResilientNetwork(stack, 'Network');
      const certificate = Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
      const loadBalancer = new HealthCheckedLoadBalancer(stack, 'Front', { network, certificate });
      const image = ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop'));
      new AuroraCluster(stack, 'Database', { vpc: network.vpc });
      new DurableQueue(stack, 'Orders');
      const web = { loadBalancer, image, port: 8080, peakTasks: 3, requestsPerTaskPerMinute: 600 };
      new StatelessService(stack, 'Web', web);
    },
  });
  app.synth();
  return app;
}
