import { dashboard, none, stat, timeseries } from './panels.js';
import { max, mean, rate, sum } from './promql.js';

export const messaging = dashboard({
  name: 'messaging',
  title: 'Messaging',
  description: 'The path of an event: from the outbox to its topic, and on to the inbox or the dead letters.',
  rows: [
    {
      panels: [
        stat({
          title: 'Outbox backlog',
          description:
            'Events that are committed but not sent, and those of them that cannot be sent (parked). If the backlog ' +
            'grows, Kafka is unavailable or slow: see the Infrastructure dashboard. A parked event blocks later ' +
            'events of the same user; its reason is in the log.',
          unit: 'none',
          thresholds: ['green', [1000, 'orange'], [10000, 'red']],
          thresholdsOf: { parked: none },
          queries: [
            [`sum(${max('service', 'outbox_backlog_events')})`, 'waiting'],
            [`sum(${max('service', 'outbox_parked_events')})`, 'parked'],
          ],
          alerts: ['OutboxAge', 'OutboxParked'],
          span: 8,
        }),
        stat({
          title: 'Oldest event in an outbox',
          description:
            'Age of the oldest event that is not sent, without parked events. Events are normally sent within a ' +
            'second. Orders stay PENDING while their events wait here: check that Kafka and the instances of the ' +
            'service are UP.',
          unit: 's',
          decimals: 0,
          thresholds: ['green', [10, 'orange'], [60, 'red']],
          queries: [['max(outbox_age_seconds)']],
          alerts: ['OutboxAge'],
          span: 8,
        }),
        stat({
          title: 'Open dead letters',
          description:
            'Events that a consumer gave up on and that have been neither replayed nor discarded. ./platform dlq ' +
            'list shows the reasons. Fix the cause, replay one letter, then replay all.',
          unit: 'none',
          thresholds: none,
          queries: [['platform:dead_letters:open']],
          alerts: ['DeadLetterOpen'],
          span: 8,
        }),
      ],
    },
    {
      title: 'Events',
      panels: [
        timeseries({
          title: 'Events published',
          description:
            'Events per second that the relays of each service sent. failed is an attempt that will be repeated; ' +
            'parked is an event that cannot be sent. If nothing is published while orders arrive, the broker does ' +
            'not acknowledge or no relay runs: see the Infrastructure dashboard, and the instances of the service.',
          unit: 'suffix:events/s',
          queries: [[sum('service, outcome', rate('outbox_events_total')), '{{service}}, {{outcome}}']],
          colors: {
            'user-service, published': 'purple',
            'order-service, published': 'orange',
            '/failed/': 'red',
            '/parked/': 'dark-red',
          },
          alerts: ['OutboxParked'],
          span: 12,
        }),
        timeseries({
          title: 'Events applied',
          description:
            'Events per second that each consumer applied, and repetitions that its inbox recognized (duplicate). ' +
            'Some duplicates after a crash or a rebalance are normal and have no effect. A constant rate of ' +
            'duplicates means that a relay keeps sending the same events: see the log of the service that sends them.',
          unit: 'suffix:events/s',
          queries: [[sum('consumer, outcome', rate('inbox_events_total')), '{{consumer}}, {{outcome}}']],
          colors: { 'user-service, applied': 'purple', 'order-service, applied': 'orange', '/duplicate/': 'yellow' },
          span: 12,
        }),
        timeseries({
          title: 'Consumer lag',
          description:
            'Events that the consumers of each service have not applied yet, measured every 10 s. If the lag ' +
            'rises while most events are applied, an event is being retried and its partition is paused: see Retries ' +
            'and dead letters. If no events are applied, no consumer runs or the database is unavailable.',
          unit: 'none',
          queries: [['platform:consumer:lag', '{{service}}, {{topic}}']],
          colors: { 'user-service, orders': 'purple', 'order-service, credit': 'orange' },
          alerts: ['ConsumerLag'],
          span: 8,
        }),
        timeseries({
          title: 'Time to apply an event',
          description:
            'Mean time for which a consumer works on an event, including its transaction. If it rises, see the ' +
            'database pool in the Service dashboard. Once it exceeds the time between two events, the lag grows.',
          unit: 's',
          thresholds: ['transparent', [1, 'red']],
          queries: [[mean('service', 'spring_kafka_listener_seconds', 'job="microplatform"'), '{{service}}']],
          colors: { 'user-service': 'purple', 'order-service': 'orange' },
          span: 8,
        }),
        timeseries({
          title: 'Retries and dead letters',
          description:
            'Failed attempts that were retried, and events that became dead letters, since the instances started. ' +
            'Retries of the kind outage continue without limit until the database is back. Retries of the kind ' +
            'refused end in a dead letter after about 40 s: find the cause in the log of the consumer.',
          unit: 'none',
          queries: [
            ['sum by (topic, kind) (consumer_retries_total)', 'retries, {{topic}}, {{kind}}'],
            ['sum by (topic, reason) (consumer_dead_letters_total)', 'dead letters, {{topic}}, {{reason}}'],
          ],
          colors: { '/^dead letters/': 'red' },
          alerts: ['DeadLetterOpen'],
          span: 8,
        }),
      ],
    },
  ],
});
