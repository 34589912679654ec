import { dashboard, labelVariable, stat, table, timeseries } from './panels.js';
import { objectives, quantile, rate, requests, share, sum } from './promql.js';

const selected = 'service="$service",instance=~"$instance"';
const served = `${selected},${requests}`;
const count = 'http_server_requests_seconds_count';
const failed = 'outcome="SERVER_ERROR"';
const operation = 'method, uri';

export const service = dashboard({
  name: 'service',
  title: 'Service',
  description: 'One business service: its operations, its instances and its database pool.',
  variables: [
    labelVariable('service', 'service', 'hikaricp_connections_max', false),
    labelVariable('instance', 'instance', 'up{job="microplatform",service="$service"}', true),
  ],
  rows: [
    {
      panels: [
        stat({
          title: 'Instances',
          description:
            'Instances that Prometheus can scrape, of those that are selected. With a single instance, a restart or ' +
            'a crash fails requests: ./platform scale adds instances.',
          unit: 'none',
          thresholds: ['red', [1, 'orange'], [2, 'green']],
          queries: [[`sum(up{job="microplatform",${selected}})`]],
          alerts: ['InstanceMissing'],
          span: 8,
        }),
        stat({
          title: 'Failed requests',
          description:
            'Share of the requests that are answered with 5xx. The table of operations shows which ones fail. If all ' +
            'of them fail with 503, the database is unavailable: see the Infrastructure dashboard. A 500 is a ' +
            'defect, whose stack trace is in the log.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: ['green', [objectives.failed, 'orange'], [0.01, 'red']],
          queries: [[share('service', count, served, failed)]],
          alerts: ['GatewayErrors'],
          span: 8,
        }),
        stat({
          title: 'Latency, 99th percentile',
          description:
            'Time within which 99 % of the requests are answered. If requests wait for a database connection at the ' +
            'same time, the pool or the database is the cause. Otherwise, see the CPU and the garbage collection in ' +
            'the JVM dashboard.',
          unit: 's',
          thresholds: ['green', [objectives.latency / 2, 'orange'], [objectives.latency, 'red']],
          queries: [[quantile(0.99, '', 'http_server_requests_seconds', served)]],
          alerts: ['GatewaySlow'],
          span: 8,
        }),
      ],
    },
    {
      title: 'Operations',
      panels: [
        table({
          title: 'Operations',
          description:
            'Each operation with its rate, its shares of 5xx and 4xx, and its latency. Sort by a column to find the ' +
            'operation that fails or is slow. Many 4xx of one operation usually come from a client with a defect.',
          queries: [
            [sum(operation, rate(count, served))],
            [share(operation, count, served, failed)],
            [share(operation, count, served, 'outcome="CLIENT_ERROR"')],
            [quantile(0.5, operation, 'http_server_requests_seconds', served)],
            [quantile(0.99, operation, 'http_server_requests_seconds', served)],
          ],
          columns: {
            method: { title: 'Method', width: 90 },
            uri: { title: 'Path' },
            'Value #A': { title: 'Requests', unit: 'reqps', width: 120 },
            'Value #B': {
              title: '5xx',
              unit: 'percentunit',
              decimals: 2,
              thresholds: ['green', [objectives.failed, 'orange'], [0.01, 'red']],
              width: 100,
            },
            'Value #C': { title: '4xx', unit: 'percentunit', decimals: 1, width: 100 },
            'Value #D': { title: 'p50', unit: 's', width: 100 },
            'Value #E': {
              title: 'p99',
              unit: 's',
              thresholds: ['green', [objectives.latency / 2, 'orange'], [objectives.latency, 'red']],
              width: 100,
            },
          },
          sortBy: 'Requests',
          span: 24,
        }),
      ],
    },
    {
      title: 'Instances',
      panels: [
        timeseries({
          title: 'Latency by instance, 99th percentile',
          description:
            'Compares the instances. A single slow instance is starting, lacks CPU time, or runs another release; ' +
            'the balancer sends it fewer requests. If it stays slow, run ./platform restart SERVICE.',
          unit: 's',
          thresholds: ['transparent', [objectives.latency, 'red']],
          queries: [[quantile(0.99, 'instance', 'http_server_requests_seconds', served), '{{instance}}']],
          span: 8,
        }),
        timeseries({
          title: 'Database pool',
          description:
            'Connections in use by instance, requests that wait for one, and the size of a pool. A request that ' +
            'waits for 2 s is answered 503. If requests wait, look for long transactions in the Infrastructure ' +
            'dashboard before you enlarge the pool.',
          unit: 'none',
          queries: [
            [`hikaricp_connections_active{${selected}}`, '{{instance}}'],
            [`sum(hikaricp_connections_pending{${selected}})`, 'waiting'],
            [`max(hikaricp_connections_max{${selected}})`, 'size of a pool'],
          ],
          colors: { waiting: 'red', 'size of a pool': 'text' },
          limits: ['size of a pool'],
          alerts: ['ConnectionPoolExhausted'],
          span: 8,
        }),
        timeseries({
          title: 'Logged warnings and errors',
          description:
            'Log events per minute. An error is a defect or an event that became a dead letter; a warning is usually ' +
            'a component that is unavailable. ./platform logs SERVICE shows them with their trace ids.',
          unit: 'suffix:/min',
          queries: [
            [`60 * ${sum('level', rate('logback_events_total', `${selected},level=~"warn|error"`))}`, '{{level}}'],
          ],
          colors: { warn: 'yellow', error: 'red' },
          span: 8,
        }),
      ],
    },
  ],
});
