import { bars, colors, dashboard, none, stat, timeseries } from './panels.js';
import { quantile, rate, sum } from './promql.js';

export const orders = dashboard({
  name: 'orders',
  title: 'Orders and money',
  description: 'Whether orders get their outcome, how long that takes, and whether credit and orders match.',
  rows: [
    {
      panels: [
        stat({
          title: 'Oldest pending order',
          description:
            'Age of the oldest PENDING order. Above 30 s, order-service asks user-service again. Above 60 s, an ' +
            'event is stuck or became a dead letter: see the Messaging dashboard.',
          unit: 's',
          decimals: 0,
          thresholds: ['green', [30, 'orange'], [60, 'red']],
          queries: [['max(orders_pending_age_seconds)']],
          alerts: ['OrdersStuck'],
          span: 8,
        }),
        stat({
          title: 'Reserved credit',
          description:
            'Sum of all reservations, in the currency of the platform. It rises with confirmed orders and falls when ' +
            'they are cancelled. A jump without orders indicates a manual change in a database: run ./platform audit.',
          unit: 'locale',
          decimals: 2,
          queries: [['max(credit_reserved)']],
          alerts: ['BooksOff'],
          span: 8,
        }),
        stat({
          title: 'Last audit',
          description:
            'Time since the last audit. Its findings do not cover what has happened since. Run ./platform audit at ' +
            'least once a day, and after each incident.',
          unit: 's',
          decimals: 1,
          thresholds: ['green', [86400, 'orange'], [604800, 'red']],
          scraped: '15s',
          queries: [['time() - max(platform_audit_timestamp_seconds)']],
          alerts: ['BooksOff'],
          span: 8,
        }),
      ],
    },
    {
      title: 'Orders',
      panels: [
        timeseries({
          title: 'Orders by new status',
          description:
            'Status changes per second; pending counts the orders that were placed. Confirmed and rejected orders ' +
            'together normally keep up with them. If many are rejected, customers lack credit. If both fall behind, ' +
            'orders wait for user-service: see the Messaging dashboard.',
          unit: 'suffix:orders/s',
          queries: [[sum('status', rate('orders_status_changes_total')), '{{status}}']],
          colors: colors.orders,
          span: 12,
        }),
        timeseries({
          title: 'Time to confirmation',
          description:
            'Time from the placement of an order to its confirmation, which takes one event in each direction. It is ' +
            'normally below 100 ms. A rise shows a backlog in an outbox or at a consumer before anything fails: see ' +
            'the Messaging dashboard.',
          unit: 's',
          thresholds: ['transparent', [1, 'orange'], [30, 'red']],
          queries: [0.5, 0.95, 0.99].map((q) => [quantile(q, '', 'orders_confirmation_seconds', ''), `p${q * 100}`]),
          colors: colors.quantiles,
          alerts: ['OrdersStuck'],
          span: 12,
        }),
        timeseries({
          title: 'Waiting for an outcome',
          description:
            'PENDING orders, requests that wait for an outcome (Prefer: wait), and orders per minute about which ' +
            'order-service asked again. If pending orders grow steadily, user-service does not answer: see its ' +
            'instances and its consumer lag. If order-service asks again, events are stuck or were given up: see the ' +
            'Messaging dashboard.',
          unit: 'none',
          queries: [
            ['max(orders_pending)', 'pending orders'],
            ['sum(orders_waiting)', 'requests that wait'],
            [`60 * sum(${rate('orders_asked_again_total')})`, 'asked again per minute'],
          ],
          colors: { 'pending orders': 'blue', 'requests that wait': 'green', 'asked again per minute': 'red' },
          alerts: ['OrdersStuck'],
          span: 12,
        }),
        timeseries({
          title: 'Reused idempotency keys',
          description:
            'Requests with an idempotency key that was used before. repeat gets the stored response. conflict gets ' +
            '409, because the first request is still in progress. mismatch gets 422, because the key belongs to ' +
            'another request: a defect of a client. If repeats rise, clients lose responses: see the Gateway ' +
            'dashboard.',
          unit: 'reqps',
          queries: [[sum('result', rate('idempotency_requests_total')), '{{result}}']],
          colors: { repeat: 'blue', conflict: 'orange', mismatch: 'red' },
          span: 12,
        }),
      ],
    },
    {
      title: 'Accounts and audit',
      panels: [
        timeseries({
          title: 'Logins',
          description:
            'Logins per second by outcome. Many failures with few successes are an attempt to guess passwords, or a ' +
            'client with an old password. The platform does not log the addresses of clients: see the log of the ' +
            'proxy in front of the gateway.',
          unit: 'reqps',
          queries: [[sum('outcome', rate('logins_total')), '{{outcome}}']],
          colors: { success: 'green', failure: 'red' },
          span: 12,
        }),
        bars({
          title: 'Findings of the last audit',
          description:
            'Findings of the last ./platform audit by check: users whose credit does not add up, orders without a ' +
            'matching reservation, orders and events that wait for too long, and open dead letters. Any value above ' +
            '0 needs action: ./platform audit prints the ids.',
          unit: 'none',
          min: 0,
          thresholds: none,
          scraped: '15s',
          queries: [['max by (check) (platform_audit_findings)', '{{check}}']],
          alerts: ['BooksOff'],
          span: 12,
        }),
      ],
    },
  ],
});
