import { colors, dashboard, none, stat, timeseries } from './panels.js';
import { max, rate, share, sum } from './promql.js';

export const resilience = dashboard({
  name: 'resilience',
  title: 'Resilience',
  description: 'What keeps faults from clients: ejections, retries, circuit breakers and the cache.',
  rows: [
    {
      panels: [
        stat({
          title: 'Ejected instances',
          description:
            'Instances to which a caller sends no requests, because they refused connections, timed out or failed. ' +
            'They return by themselves once they are ready. An instance that stays ejected is down or hangs: ' +
            './platform status shows which, and the runbook tells what to do.',
          unit: 'none',
          thresholds: none,
          queries: [[`sum(${max('upstream', 'balancer_ejected_instances')})`]],
          alerts: ['InstanceEjected'],
          span: 8,
        }),
        stat({
          title: 'Retry budget left',
          description:
            'Retries that are left to the caller with the fewest. The budget is 50, and each request adds a fifth of ' +
            'a retry. At 0, only requests that were not sent are repeated, and clients see the faults: a whole ' +
            'service fails, not one instance.',
          unit: 'none',
          decimals: 0,
          min: 0,
          max: 50,
          thresholds: ['red', [10, 'orange'], [25, 'green']],
          queries: [['min(balancer_retry_budget)']],
          span: 8,
        }),
        stat({
          title: 'Open circuit breakers',
          description:
            'Circuit breakers of the caches that are open. While one is open, reads bypass Redis and go to the ' +
            'database. If one stays open, Redis does not answer: see Redis in the Infrastructure dashboard.',
          unit: 'none',
          thresholds: none,
          queries: [['sum(resilience4j_circuitbreaker_state{state=~"open|forced_open"})']],
          alerts: ['StoreDown'],
          span: 8,
        }),
      ],
    },
    {
      title: 'Load balancing',
      panels: [
        timeseries({
          title: 'Attempts by outcome',
          description:
            'Attempts per second to send a request to an instance; answered is the normal outcome. refused: it ' +
            'crashed. timed_out: it hangs. shed: it answers 503, because it is overloaded or lacks its database. ' +
            'erred: it answers 500. in_progress: a retry waits for the first attempt. If one persists, see Retries ' +
            'and ejections.',
          unit: 'suffix:/s',
          stacked: true,
          queries: [[sum('outcome', rate('balancer_attempts_total')), '{{outcome}}']],
          colors: colors.attempts,
          span: 12,
        }),
        timeseries({
          title: 'Attempts by instance',
          description:
            'How requests are divided among instances and releases. Instances of the same release get about the same ' +
            'share; one with much less is slow or ejected. During a canary release, compare the shares of the ' +
            'releases with their weights.',
          unit: 'suffix:/s',
          stacked: true,
          queries: [
            [
              sum('upstream_instance, upstream_release', rate('balancer_attempts_total')),
              '{{upstream_instance}}, release {{upstream_release}}',
            ],
          ],
          span: 12,
        }),
      ],
    },
    {
      title: 'Retries and cache',
      panels: [
        timeseries({
          title: 'Retries and ejections',
          description:
            'Retries and ejections per minute, by service and reason. They follow a crash, a pause or a restart, and ' +
            'end with it. If they continue while all instances are UP, an instance hangs or answers with errors: ' +
            './platform logs api-gateway names those that were ejected.',
          unit: 'suffix:/min',
          queries: [
            [`60 * ${sum('upstream, reason', rate('balancer_retries_total'))} > 0`, 'retry, {{upstream}}, {{reason}}'],
            [`60 * ${sum('upstream, reason', rate('balancer_ejections_total'))} > 0`, 'ejection, {{upstream}}, {{reason}}'],
          ],
          colors: { '/^ejection/': 'red' },
          alerts: ['InstanceEjected'],
          span: 8,
        }),
        timeseries({
          title: 'Cache hits',
          description:
            'Share of the reads that Redis answers. It depends on what clients read. A sudden fall to 0 means that ' +
            'Redis is empty or unavailable, and that the database gets all reads: see Redis in the Infrastructure ' +
            'dashboard.',
          unit: 'percentunit',
          max: 1,
          queries: [[share('cache', 'cache_gets_total', 'job="microplatform"', 'result="hit"'), '{{cache}}']],
          colors: { orders: 'orange', accounts: 'purple' },
          alerts: ['StoreDown'],
          span: 8,
        }),
        timeseries({
          title: 'Cache calls by outcome',
          description:
            'Calls of each cache to Redis per second, by outcome, and calls that its open circuit breaker did not ' +
            'permit. Failed calls are timeouts after 200 ms or lost connections. If they continue, check Redis with ' +
            './platform logs redis.',
          unit: 'suffix:calls/s',
          queries: [
            [sum('name, kind', rate('resilience4j_circuitbreaker_calls_seconds_count')), '{{name}}, {{kind}}'],
            [sum('name', rate('resilience4j_circuitbreaker_not_permitted_calls_total')), '{{name}}, not permitted'],
          ],
          colors: {
            'orders, successful': 'orange',
            'accounts, successful': 'purple',
            '/failed/': 'red',
            '/not permitted/': 'dark-red',
          },
          span: 8,
        }),
      ],
    },
  ],
});
