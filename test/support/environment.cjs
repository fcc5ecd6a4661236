// The CDK's own validator costs 3 to 10 s and 300 MB in every test file; one end-to-end test leaves it on.
process.env.CDK_VALIDATION = 'false';
// Jest keeps 100 frames; the CDK takes a stack for every property that is set, and Jest maps each frame to its source.
Error.stackTraceLimit = 10;
