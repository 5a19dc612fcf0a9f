// Reads {"openapi":"…","asyncapi":"…"}, two documents as texts, and writes what public linters find
// in them: [{"linter":"…","severity":"…","rule":"…","where":"…","message":"…"}, …]
import { readFileSync } from 'node:fs';

import parser from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import core from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';

// What is not asked of a document that is the same wherever its program runs:
const LEFT_OUT = {
  // who to write to, and under which licence: that is the affair of who runs it
  'info-contact': 'off',
  'info-license': 'off',
  'info-license-strict': 'off',
  'no-server-example.com': 'off',
  // OpenAPI says that a concrete path goes before a template
  'no-ambiguous-paths': 'off',
  // a page and a script fail in no way of their own
  'operation-4xx-response': 'off',
  // more tools know AsyncAPI 3.0 than 3.1
  'asyncapi-latest-version': 'off',
};
const SEVERITIES = ['error', 'warning', 'information', 'hint'];

async function redocly(source) {
  const config = await createConfig({ extends: ['recommended'] });
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  return found.map(({ severity, ruleId, message, location }) => ({
    linter: 'redocly',
    severity: severity === 'warn' ? 'warning' : severity,
    rule: ruleId,
    where: location[0].pointer ?? '',
    message,
  }));
}

async function spectral(source) {
  const linter = new core.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas, 'recommended']] });
  return (await linter.run(source)).map((finding) => ofSpectral('spectral', finding));
}

async function asyncapi(source) {
  const { document, diagnostics } = await new parser.Parser().parse(source);
  const findings = diagnostics.map((finding) => ofSpectral('asyncapi', finding));
  return document ? findings : [...findings, { linter: 'asyncapi', severity: 'error', rule: 'parse' }];
}

function ofSpectral(linter, { severity, code, message, path }) {
  return { linter, severity: SEVERITIES[severity], rule: code, where: path.join('/'), message };
}

const given = JSON.parse(readFileSync(0, 'utf8'));
const found = await Promise.all([
  redocly(given.openapi),
  spectral(given.openapi),
  asyncapi(given.asyncapi),
]);
console.log(JSON.stringify(found.flat().filter(({ rule }) => LEFT_OUT[rule] !== 'off')));
