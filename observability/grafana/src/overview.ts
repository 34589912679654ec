import { colors, dashboard, none, runbookUrl, stat, table, timeseries, upOrDown } from './panels.js';
import { max, objectives, quantile, rate, requests, share, sum } from './promql.js';

const each = 'service, release, instance';
const platform = 'job="microplatform"';

/** How fast a budget is used: at 1, all of it is used at the end of the period of the objective. */
const burnRates = (signal: string, budget: number): [string, string][] =>
  ['5m', '1h', '6h'].map((window) => [`platform:gateway:${signal}:ratio_rate${window} / ${budget}`, window]);

export const overview = dashboard({
  name: 'overview',
  title: 'Overview',
  description: 'Whether the platform meets its objectives, and which component to look at if it does not.',
  rows: [
    {
      panels: [
        stat({
          title: 'Availability budget left',
          description:
            'Share of the error budget of the last 3 days that is left. The objective is that 99.9 % of the requests ' +
            'do not fail with 5xx. Below 0 %, these 3 days miss the objective: stop rollouts, and find the cause ' +
            'with the Gateway dashboard.',
          unit: 'percentunit',
          decimals: 1,
          max: 1,
          thresholds: ['red', [0.25, 'orange'], [0.5, 'green']],
          queries: [[`1 - platform:gateway:errors:ratio_rate3d / ${objectives.failed}`]],
          alerts: ['GatewayErrors'],
          span: 6,
        }),
        stat({
          title: 'Latency budget left',
          description:
            'Share of the latency budget of the last 3 days that is left. The objective is that services answer 99 % ' +
            'of the requests within 500 ms. Below 0 %, these 3 days miss the objective: compare the latencies of the ' +
            'gateway and of the services in the Gateway dashboard.',
          unit: 'percentunit',
          decimals: 1,
          max: 1,
          thresholds: ['red', [0.25, 'orange'], [0.5, 'green']],
          queries: [[`1 - platform:gateway:slow:ratio_rate3d / ${objectives.slow}`]],
          alerts: ['GatewaySlow'],
          span: 6,
        }),
        stat({
          title: 'Oldest pending order',
          description:
            'Age of the oldest PENDING order. Orders are normally confirmed within a second. Above 30 s, ' +
            'order-service asks user-service again. Above 60 s, an event is stuck or cannot be applied: continue ' +
            'with the Messaging dashboard.',
          unit: 's',
          decimals: 0,
          thresholds: ['green', [30, 'orange'], [60, 'red']],
          queries: [['max(orders_pending_age_seconds)']],
          alerts: ['OrdersStuck'],
          span: 6,
        }),
        stat({
          title: 'Open dead letters',
          description:
            'Events that a consumer gave up on and that have been neither replayed nor discarded. Any value above 0 ' +
            'needs action: ./platform dlq list shows the reasons. Fix the cause, then replay or discard the letters.',
          unit: 'none',
          thresholds: none,
          queries: [['platform:dead_letters:open']],
          alerts: ['DeadLetterOpen'],
          span: 6,
        }),
      ],
    },
    {
      title: 'Objectives',
      panels: [
        timeseries({
          title: 'Burn rate of the availability budget',
          description:
            'Rate at which the error budget is used, over three windows. At 1, it lasts for exactly 30 days; at ' +
            '14.4, for about 2 days. If all windows are high, the fault continues: find it with the Gateway ' +
            'dashboard. If only the long windows are high, it is over.',
          unit: 'suffix:×',
          decimals: 1,
          upTo: 16,
          thresholds: ['transparent', [6, 'orange'], [14.4, 'red']],
          queries: burnRates('errors', objectives.failed),
          colors: { '5m': 'red', '1h': 'orange', '6h': 'yellow' },
          alerts: ['GatewayErrors'],
          span: 12,
          height: 7,
        }),
        timeseries({
          title: 'Burn rate of the latency budget',
          description:
            'Rate at which the latency budget is used, over three windows. A short peak after a restart is normal, ' +
            'because a new JVM has compiled little code. If the rate stays high, capacity is short or a store is ' +
            'slow: see Saturation, and the Infrastructure dashboard.',
          unit: 'suffix:×',
          decimals: 1,
          upTo: 16,
          thresholds: ['transparent', [6, 'orange'], [14.4, 'red']],
          queries: burnRates('slow', objectives.slow),
          colors: { '5m': 'red', '1h': 'orange', '6h': 'yellow' },
          alerts: ['GatewaySlow'],
          span: 12,
          height: 7,
        }),
      ],
    },
    {
      title: 'Golden signals',
      panels: [
        timeseries({
          title: 'Traffic',
          description:
            'Requests per second that each service answers. The gateway and the services normally rise and fall ' +
            'together. If only the services fall, the gateway answers requests itself: see its responses by status ' +
            'in the Gateway dashboard.',
          unit: 'reqps',
          queries: [['platform:requests:rate1m', '{{service}}']],
          colors: colors.services,
          alerts: ['InstanceMissing'],
          span: 12,
          height: 7,
        }),
        timeseries({
          title: 'Errors',
          description:
            'Share of the requests that each service answers with 5xx. Above 0.1 %, the error budget shrinks. If a ' +
            'service has errors and the gateway has none, the gateway repeats the requests successfully. Open the ' +
            'Service dashboard to find the operation that fails.',
          unit: 'percentunit',
          upTo: 2 * objectives.failed,
          thresholds: ['transparent', [objectives.failed, 'red']],
          queries: [
            [share('service', 'http_server_requests_seconds_count', requests, 'outcome="SERVER_ERROR"'), '{{service}}'],
          ],
          colors: colors.services,
          alerts: ['GatewayErrors'],
          span: 12,
          height: 7,
        }),
        timeseries({
          title: 'Latency, 99th percentile',
          description:
            'Time within which each service answers 99 % of its requests. Requests with Prefer: wait include the ' +
            'wait for the outcome of an order. If only the gateway is slow, see its connections in the Gateway ' +
            'dashboard. If a service is slow, see its database pool in the Service dashboard.',
          unit: 's',
          thresholds: ['transparent', [objectives.latency, 'red']],
          queries: [[quantile(0.99, 'service', 'http_server_requests_seconds', requests), '{{service}}']],
          colors: colors.services,
          alerts: ['GatewaySlow'],
          span: 12,
          height: 7,
        }),
        timeseries({
          title: 'Saturation',
          description:
            'Share of the host’s CPU time and of each database pool that is in use. At 100 %, requests wait. If a ' +
            'pool is full, add instances. If the CPU is full, reduce the load or add CPUs: more instances make a ' +
            'busy host slower.',
          unit: 'percentunit',
          max: 1,
          thresholds: ['transparent', [0.9, 'red']],
          scraped: '15s',
          queries: [
            ['1 - avg(rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))', 'CPU of the host'],
            [
              'max by (service) (hikaricp_connections_active / hikaricp_connections_max)',
              'database pool of {{service}}',
            ],
          ],
          colors: {
            'CPU of the host': 'text',
            'database pool of user-service': colors.services['user-service'],
            'database pool of order-service': colors.services['order-service'],
          },
          alerts: ['ConnectionPoolExhausted'],
          span: 12,
          height: 7,
        }),
      ],
    },
    {
      title: 'Topology',
      panels: [
        table({
          title: 'Instances',
          description:
            'All instances by service and release. DOWN means that Prometheus cannot scrape the instance: ./platform ' +
            'logs shows why it stopped, and ./platform up starts it. An instance with far fewer requests than the ' +
            'others is ejected, has just started, or has a release of low weight.',
          queries: [
            [max(each, `up{${platform}}`)],
            [max(each, `process_uptime_seconds{${platform}}`)],
            [sum(each, rate('http_server_requests_seconds_count', requests))],
            [quantile(0.99, each, 'http_server_requests_seconds', requests)],
            [max(each, `process_cpu_usage{${platform}}`)],
            [
              `${sum(each, `jvm_memory_used_bytes{${platform},area="heap"}`)} / ` +
                sum(each, `jvm_memory_max_bytes{${platform},area="heap"}`),
            ],
          ],
          columns: {
            service: { title: 'Service' },
            release: { title: 'Release', width: 75 },
            instance: { title: 'Instance' },
            'Value #A': { title: 'State', values: upOrDown, width: 70 },
            'Value #B': { title: 'Uptime', unit: 's', width: 95 },
            'Value #C': { title: 'Requests', unit: 'reqps', width: 100 },
            'Value #D': { title: 'p99', unit: 's', thresholds: ['green', [objectives.latency, 'red']], width: 80 },
            'Value #E': {
              title: 'CPU',
              unit: 'percentunit',
              decimals: 0,
              thresholds: ['green', [0.7, 'orange'], [0.9, 'red']],
              width: 65,
            },
            'Value #F': {
              title: 'Heap',
              unit: 'percentunit',
              decimals: 0,
              thresholds: ['green', [0.9, 'orange'], [0.97, 'red']],
              width: 65,
            },
          },
          alerts: ['InstanceMissing', 'InstanceEjected'],
          span: 15,
          height: 9,
        }),
        table({
          title: 'Firing alerts',
          description:
            'Alerts that fire now. An empty table is normal. The name of an alert links to its runbook, which tells ' +
            'what to do.',
          queries: [['ALERTS{alertstate="firing"}']],
          columns: {
            alertname: { title: 'Alert', link: { title: 'Runbook', url: runbookUrl('${__value.raw}') }, width: 215 },
            severity: {
              title: 'Severity',
              values: { page: { text: 'page', color: 'red' }, ticket: { text: 'ticket', color: 'orange' } },
              width: 90,
            },
            service: { title: 'Service', width: 115 },
            instance: { title: 'Instance' },
          },
          span: 9,
          height: 9,
        }),
      ],
    },
  ],
});
