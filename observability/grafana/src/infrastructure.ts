import { colors, dashboard, stat, timeseries, upOrDown } from './panels.js';
import { max, rate, sum } from './promql.js';

const databases = 'datname!~"template.*|postgres|"';

export const infrastructure = dashboard({
  name: 'infrastructure',
  title: 'Infrastructure',
  description: 'PostgreSQL, Redis, Kafka, the host, and Prometheus itself.',
  rows: [
    {
      panels: [
        stat({
          title: 'Components',
          description:
            'Whether each component answers: postgresql and redis as their exporters report it, the others as ' +
            'Prometheus scrapes them. Without PostgreSQL, requests fail with 503; without Kafka, orders stay ' +
            'PENDING; without Redis, reads are slower. If one is DOWN, run ./platform status, then ./platform up.',
          unit: 'none',
          values: upOrDown,
          scraped: '15s',
          queries: [
            ['min(pg_up)', 'postgresql'],
            ['min(redis_up)', 'redis'],
            ['min by (job) (up{job=~"kafka|node|prometheus|alertmanager"})', '{{job}}'],
          ],
          alerts: ['StoreDown', 'PrometheusTargetMissing'],
          span: 24,
        }),
      ],
    },
    {
      title: 'Stores',
      panels: [
        timeseries({
          title: 'PostgreSQL connections',
          description:
            'Connections to each database, and the limit of the server. Each instance of a service has a pool of 10. ' +
            'At the limit, new instances cannot start and requests are answered 503: scale the services down, or end ' +
            'other sessions.',
          unit: 'none',
          scraped: '15s',
          queries: [
            [sum('datname', `pg_stat_database_numbackends{${databases}}`), '{{datname}}'],
            ['max(pg_settings_max_connections)', 'limit'],
          ],
          colors: { user_service: 'purple', order_service: 'orange', limit: 'red' },
          limits: ['limit'],
          span: 8,
        }),
        timeseries({
          title: 'PostgreSQL transactions',
          description:
            'Transactions per second that were committed and rolled back. Rollbacks belong to failed requests and ' +
            'retried events: if they rise, see the log of the service. Commits without requests are background jobs, ' +
            'such as the relay of the outbox.',
          unit: 'suffix:tx/s',
          scraped: '15s',
          queries: [
            [sum('datname', rate('pg_stat_database_xact_commit', databases)), '{{datname}}, committed'],
            [sum('datname', rate('pg_stat_database_xact_rollback', databases)), '{{datname}}, rolled back'],
          ],
          colors: { 'user_service, committed': 'purple', 'order_service, committed': 'orange', '/rolled back/': 'red' },
          span: 8,
        }),
        timeseries({
          title: 'Longest transaction in PostgreSQL',
          description:
            'Age of the oldest open transaction of each database. Transactions of the services take milliseconds; ' +
            'those of the relay take up to 2 s, and up to 9 s while Kafka is unavailable. A longer one holds locks ' +
            'and a connection: find it in pg_stat_activity, and end it with pg_terminate_backend.',
          unit: 's',
          thresholds: ['transparent', [5, 'orange'], [30, 'red']],
          scraped: '15s',
          queries: [[max('datname', `pg_stat_activity_max_tx_duration{${databases}}`), '{{datname}}']],
          colors: { user_service: 'purple', order_service: 'orange' },
          span: 8,
        }),
        timeseries({
          title: 'Redis memory',
          description:
            'Memory in use, and its limit. At the limit, Redis removes the least recently used values. No data is ' +
            'lost, because Redis is only a cache. If the share of cache hits falls as well, the limit is too small ' +
            'for what clients read.',
          unit: 'bytes',
          scraped: '15s',
          queries: [
            ['max(redis_memory_used_bytes)', 'in use'],
            ['max(redis_memory_max_bytes) > 0', 'limit'],
          ],
          colors: { 'in use': 'blue', limit: 'red' },
          limits: ['limit'],
          span: 8,
        }),
        timeseries({
          title: 'Redis operations',
          description:
            'Commands per second, and values that were removed because they expired or because memory was short ' +
            '(evicted). Steady evictions mean that the limit is too small for what clients read, and that more reads ' +
            'go to the database.',
          unit: 'ops',
          scraped: '15s',
          queries: [
            ['sum(rate(redis_commands_processed_total[$__rate_interval]))', 'commands'],
            ['sum(rate(redis_expired_keys_total[$__rate_interval]))', 'expired'],
            ['sum(rate(redis_evicted_keys_total[$__rate_interval]))', 'evicted'],
          ],
          colors: { commands: 'blue', expired: 'yellow', evicted: 'red' },
          span: 8,
        }),
        timeseries({
          title: 'Kafka requests, 99th percentile',
          description:
            'Time within which the broker answers 99 % of the requests. A fetch waits up to 500 ms for new messages, ' +
            'so it is slow when few are sent. A slow Produce delays every order: see the CPU of the host and its ' +
            'iowait.',
          unit: 's',
          thresholds: ['transparent', [1, 'red']],
          scraped: '15s',
          queries: [[max('request', 'kafka_request_seconds{quantile="0.99"}'), '{{request}}']],
          colors: { Produce: 'orange', FetchConsumer: 'blue' },
          span: 8,
        }),
      ],
    },
    {
      title: 'Host and Prometheus',
      panels: [
        timeseries({
          title: 'CPU by mode',
          description:
            'Share of the CPU time of the host by mode. iowait is time spent waiting for the disk; steal is time ' +
            'that the hypervisor gave to other virtual machines. Above 90 % in total, latencies rise and timeouts ' +
            'eject healthy instances: end other programs, or reduce the load.',
          unit: 'percentunit',
          max: 1,
          stacked: true,
          scraped: '15s',
          queries: [
            [
              `${sum('mode', rate('node_cpu_seconds_total', 'mode!="idle"'))} / ` +
                `scalar(sum(${rate('node_cpu_seconds_total')}))`,
              '{{mode}}',
            ],
          ],
          colors: { user: 'blue', system: 'orange', iowait: 'red', steal: 'purple', nice: 'light-blue' },
          span: 12,
        }),
        timeseries({
          title: 'Available memory and disk space',
          description:
            'Memory that processes can still use, and space on the disk of the state directory. Without memory, the ' +
            'kernel kills a process: end other programs, or scale the services down. Without disk space, PostgreSQL ' +
            'and Kafka stop: see the runbook.',
          unit: 'bytes',
          thresholds: ['transparent', [1024 ** 3, 'red']],
          scraped: '15s',
          queries: [
            ['min(node_memory_MemAvailable_bytes)', 'memory'],
            ['platform:disk:free_bytes', 'disk'],
          ],
          colors: { memory: 'blue', disk: 'orange' },
          alerts: ['DiskAlmostFull'],
          span: 12,
        }),
        timeseries({
          title: 'Clock offset',
          description:
            'Difference between the clock of the host and its time server. Above 0.5 s, correct the clock; above 2 s ' +
            'between two machines, tokens are rejected. Without time synchronization the value is 0 and says ' +
            'nothing: see node_timex_sync_status.',
          unit: 's',
          upTo: 0.6,
          thresholds: ['transparent', [0.5, 'red']],
          scraped: '15s',
          queries: [['abs(node_timex_offset_seconds)', '{{instance}}']],
          alerts: ['ClockSkew'],
          span: 12,
        }),
        timeseries({
          title: 'Scrape duration',
          description:
            'Longest time that a scrape of a target takes, by service or job. A scrape that takes longer than 4 s ' +
            'fails and leaves gaps in all dashboards. A slow target is usually an instance that lacks CPU time: see ' +
            'the CPU of the host.',
          unit: 's',
          thresholds: ['transparent', [1, 'red']],
          scraped: '15s',
          queries: [
            [max('service', 'scrape_duration_seconds{service!=""}'), '{{service}}'],
            [max('job', 'scrape_duration_seconds{service=""}'), '{{job}}'],
          ],
          colors: colors.services,
          alerts: ['PrometheusTargetMissing'],
          span: 12,
        }),
      ],
    },
  ],
});
