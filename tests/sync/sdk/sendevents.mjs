// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sends events with PostHog's own SDKs, so that a capture endpoint can be tried against the real thing:
//
//     npm install posthog-node @posthog/ai openai        (in a folder of its own: Genscope does not need npm)
//     node sendevents.mjs ADDRESS FOLDER/node_modules
//
// Prints the names of the events that it sent with their numbers, as JSON. The model behind them is a stub.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const [address, modules] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x.js'));
const { PostHog } = require('posthog-node');
const { OpenAI } = require('@posthog/ai/openai');

const model = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const asked = JSON.parse(body);
    if (asked.model === 'broken') {
      response.writeHead(429, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'slow down', type: 'rate_limit' } }));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({
      id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: asked.model,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Grüße ✓' } }],
      usage: { prompt_tokens: 300, completion_tokens: 31, total_tokens: 331 },
    }));
  });
});
await new Promise((ready) => model.listen(0, '127.0.0.1', ready));

const sent = {};
const count = (name) => (sent[name] = (sent[name] ?? 0) + 1);
const failures = [];
const posthog = new PostHog('phc_local', { host: address, flushAt: 7, flushInterval: 200 });
posthog.on('error', (error) => failures.push(String(error)));

posthog.identify({ distinctId: 'ada', properties: { plan: 'pro' } });
count('$identify');
posthog.groupIdentify({ groupType: 'company', groupKey: 'acme', properties: { tier: 'gold' } });
count('$groupidentify');
for (let i = 0; i < 40; ++i) {
  const event = i % 4 === 3 ? '$ai_span' : '$ai_generation';
  posthog.capture({
    distinctId: i % 2 ? 'ada' : 'grace', event, groups: { company: 'acme' },
    properties: { $ai_trace_id: `trace-${i % 5}`, $ai_model: 'gpt-4o-mini', $ai_provider: 'openai', $ai_latency: 0.5,
                  $ai_input_tokens: 100 + i, $ai_output_tokens: 10, $ai_input: [{ role: 'user', content: `hi \ud800 ${i}` }] },
  });
  count(event);
}
posthog.capture({ distinctId: 'ada', event: 'button_clicked' });
count('button_clicked');
await posthog.isFeatureEnabled('new-prompt', 'ada');
count('$feature_flag_called');

const openai = new OpenAI({ apiKey: 'sk-x', baseURL: `http://127.0.0.1:${model.address().port}/v1`, maxRetries: 0, posthog });
for (let i = 0; i < 5; ++i) {
  await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }],
                                         posthogDistinctId: 'ada', posthogTraceId: 'wrapped' });
  count('$ai_generation');
}
await openai.chat.completions.create({ model: 'broken', messages: [{ role: 'user', content: 'x' }], posthogDistinctId: 'ada' })
  .catch(() => count('$ai_generation'));
if (typeof posthog.captureAi === 'function') { // the lane of AI events
  posthog.captureAi({ distinctId: 'ada', event: '$ai_trace', properties: { $ai_trace_id: 'lane' } });
  count('$ai_trace');
}

await posthog.shutdown();
model.close();
console.log(JSON.stringify({ sent, failures }));
process.exit(failures.length ? 1 : 0);
