import { colors, dashboard, none, stat, timeseries } from './panels.js';
import { max, rate, share, sum } from './promql.js';

/** The breakers of calls between services. Their names contain a dot; those of caches do not. */
const ofCalls = 'name=~".+[.].+"';

/** The breakers of the caches. */
const ofCaches = 'name!~".+[.].+|rate-limiter"';

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
            'Circuit breakers that are open. While the breaker of a route is open, its requests are answered 503: ' +
            'see Circuit breakers. While the breaker of a cache is open, reads bypass Redis and go to the database. ' +
            'While the breaker of the rate limiter is open, each instance limits requests locally. In both cases, ' +
            'see Redis in the Infrastructure dashboard.',
          unit: 'none',
          thresholds: none,
          queries: [['sum(resilience4j_circuitbreaker_state{state=~"open|forced_open"})']],
          alerts: ['CircuitBreakerOpen', 'StoreDown'],
          span: 8,
        }),
      ],
    },
    {
      title: 'Circuit breakers',
      panels: [
        timeseries({
          title: 'Circuit breakers',
          description:
            'Circuit breakers of calls between services that are open, or half open (1). An open breaker ' +
            'refuses calls, because half of the previous ones failed or took longer than the time limit. After some ' +
            'seconds it becomes half open and permits some calls. If it opens repeatedly, see the runbook.',
          unit: 'none',
          max: 1,
          decimals: 0,
          queries: [
            [
              max('name, state', `resilience4j_circuitbreaker_state{${ofCalls},state=~"open|half_open|forced_open"}`),
              '{{name}}, {{state}}',
            ],
          ],
          colors: { '/, half_open/': 'yellow', '/, (forced_)?open/': 'red' },
          alerts: ['CircuitBreakerOpen'],
          span: 8,
        }),
        timeseries({
          title: 'Calls by outcome',
          description:
            'Calls per second of each circuit breaker by outcome, and calls that it did not permit while it was ' +
            'open. failed: no answer in time, a broken connection, 500, 502 or 504. ignored: requests that no ' +
            'instance received. A breaker opens when half of the calls of 10 s fail.',
          unit: 'suffix:calls/s',
          queries: [
            [sum('name, kind', rate('resilience4j_circuitbreaker_calls_seconds_count', ofCalls)), '{{name}}, {{kind}}'],
            [
              sum('name', rate('resilience4j_circuitbreaker_not_permitted_calls_total', ofCalls)),
              '{{name}}, not permitted',
            ],
          ],
          colors: { '/failed/': 'red', '/not permitted/': 'dark-red' },
          alerts: ['CircuitBreakerOpen'],
          span: 8,
        }),
        timeseries({
          title: 'Calls in progress',
          description:
            'Calls in progress of each bulkhead, over all instances. If one reaches its bound (max-concurrent), ' +
            'further calls are answered 503 at once, so that a slow service does not occupy the gateway. The cause ' +
            'is the latency of the service: see the Service dashboard.',
          unit: 'none',
          queries: [
            [
              sum(
                'name',
                `resilience4j_bulkhead_max_allowed_concurrent_calls{${ofCalls}}` +
                  ` - resilience4j_bulkhead_available_concurrent_calls{${ofCalls}}`,
              ),
              '{{name}}',
            ],
          ],
          alerts: ['CircuitBreakerOpen'],
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
            [
              sum('name, kind', rate('resilience4j_circuitbreaker_calls_seconds_count', ofCaches)),
              '{{name}}, {{kind}}',
            ],
            [
              sum('name', rate('resilience4j_circuitbreaker_not_permitted_calls_total', ofCaches)),
              '{{name}}, not permitted',
            ],
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
