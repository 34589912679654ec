import { colors, dashboard, stat, timeseries } from './panels.js';
import { objectives, quantile, rate, requests, sum } from './promql.js';

const answered = `service="api-gateway",${requests}`;
const routed = 'spring_cloud_gateway_requests_seconds';

export const gateway = dashboard({
  name: 'gateway',
  title: 'Gateway',
  description: 'The only entry point for clients: their requests, the responses, and where the time is spent.',
  rows: [
    {
      panels: [
        stat({
          title: 'Failed requests',
          description:
            'Share of the requests of the last 5 minutes that the gateway answered with 5xx. Above 0.1 %, the error ' +
            'budget shrinks. Responses by status shows the status: 500 is a defect, 502 a broken connection, 503 a ' +
            'missing instance, an unavailable store, an open circuit breaker or an overload, 504 a service that ' +
            'does not answer in time.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: ['green', [objectives.failed, 'orange'], [14.4 * objectives.failed, 'red']],
          queries: [['platform:gateway:errors:ratio_rate5m']],
          alerts: ['GatewayErrors'],
          span: 8,
        }),
        stat({
          title: 'Latency, 99th percentile',
          description:
            'Time within which 99 % of all requests are answered. Above 500 ms, the latency budget shrinks. Gateway ' +
            'and services shows on which side of the gateway the time is spent.',
          unit: 's',
          thresholds: ['green', [objectives.latency / 2, 'orange'], [objectives.latency, 'red']],
          queries: [[quantile(0.99, '', 'http_server_requests_seconds', answered)]],
          alerts: ['GatewaySlow'],
          span: 8,
        }),
        stat({
          title: 'Client connections',
          description:
            'Open client connections, including those that are idle between two requests. A sudden drop means that ' +
            'clients, or the load balancer in front of the gateways, lost a gateway: see Instances in the Overview ' +
            'dashboard. A steady rise means that a client does not reuse its connections.',
          unit: 'none',
          queries: [['sum(gateway_connections)']],
          span: 8,
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeseries({
          title: 'Requests by route',
          description:
            'Requests per second to each route. If the routes of one service fall to 0 while the others continue, ' +
            'the service has no instance, or its clients have stopped: see Instances in the Overview dashboard.',
          unit: 'reqps',
          stacked: true,
          queries: [[sum('routeId', rate(`${routed}_count`)), '{{routeId}}']],
          colors: colors.routes,
          alerts: ['InstanceMissing'],
          span: 12,
        }),
        timeseries({
          title: 'Responses by status',
          description:
            'All responses to clients, including those of the gateway itself: 404 for a path without a route, 408 ' +
            'for a request that arrives too slowly, 413 for a body that is too large, 429 for a client that exceeds ' +
            'its limit. A rise of 4xx comes from a client, or from a release that changed the API. A rise of 5xx is ' +
            'a fault of the platform: see the runbook. Shed requests are not included: see the Limits dashboard.',
          unit: 'reqps',
          stacked: true,
          queries: [[sum('status', rate('http_server_requests_seconds_count', answered)), '{{status}}']],
          colors: colors.statuses,
          alerts: ['GatewayErrors'],
          span: 12,
        }),
      ],
    },
    {
      title: 'Time',
      panels: [
        timeseries({
          title: 'Latency',
          description:
            'Percentiles of the time from the arrival of a request to the end of its response. If only p99 rises, ' +
            'few requests are affected, such as those of one instance or one operation: see the Service dashboard. ' +
            'If p50 rises, all of them are: see the CPU of the host.',
          unit: 's',
          thresholds: ['transparent', [objectives.latency, 'red']],
          queries: [0.5, 0.95, 0.99].map((q) => [
            quantile(q, '', 'http_server_requests_seconds', answered),
            `p${q * 100}`,
          ]),
          colors: colors.quantiles,
          alerts: ['GatewaySlow'],
          span: 8,
        }),
        timeseries({
          title: 'Gateway and services',
          description:
            'The 99th percentile of each route, and of the service behind it. The difference is the time for ' +
            'retries, for connections and in the gateway itself. If the lines diverge, see the attempts in the ' +
            'Resilience dashboard, and the CPU of the gateway in the JVM dashboard.',
          unit: 's',
          queries: [
            [quantile(0.99, 'routeId', routed, 'job="microplatform"'), 'route {{routeId}}'],
            [
              quantile(0.99, 'service', 'http_server_requests_seconds', `service=~".+-service",${requests}`),
              '{{service}}',
            ],
          ],
          colors: {
            ...colors.services,
            ...Object.fromEntries(Object.entries(colors.routes).map(([route, color]) => [`route ${route}`, color])),
          },
          alerts: ['GatewaySlow'],
          span: 8,
        }),
        timeseries({
          title: 'Connections to instances',
          description:
            'Connections of the gateway that carry a request, by instance, and requests that wait for a connection. ' +
            'The pool of an instance has at most 500. If requests wait, an instance is slow or hangs: the one with ' +
            'the most connections. It is ejected after two timeouts; if it does not recover, see the runbook.',
          unit: 'none',
          queries: [
            [
              sum('remote_address', 'reactor_netty_connection_provider_active_connections{service="api-gateway"}'),
              'active {{remote_address}}',
            ],
            [
              'sum(reactor_netty_connection_provider_pending_connections{service="api-gateway"})',
              'waiting for a connection',
            ],
          ],
          colors: { 'waiting for a connection': 'red' },
          alerts: ['InstanceEjected'],
          span: 8,
        }),
      ],
    },
  ],
});
