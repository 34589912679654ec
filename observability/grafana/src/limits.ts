import { colors, dashboard, stat, timeseries } from './panels.js';
import { matched, rate, share, sum } from './promql.js';

const decisions = 'rate_limiter_decisions_total';
const atTheGateway = 'service="api-gateway"';
const atLogin = 'service="user-service"';
const refused = 'outcome="refused"';
const hashing = 'name="password-hashing"';

export const limits = dashboard({
  name: 'limits',
  title: 'Limits',
  description: 'Which requests are refused to protect the platform, and by which limit.',
  rows: [
    {
      panels: [
        stat({
          title: 'Refused by rate limits',
          description:
            'Share of the decisions of the gateway that refuse a request (429). One client that sends too much is ' +
            'normal. If the share is high, Refused requests by rule shows whether single users, addresses or logins ' +
            'are limited. If all clients have the same address, a proxy is not listed in trusted-proxies.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: ['green', [0.05, 'orange'], [0.5, 'red']],
          queries: [[share('service', decisions, atTheGateway, refused)]],
          span: 8,
        }),
        stat({
          title: 'Decided by Redis',
          description:
            'Share of the decisions that Redis made, for all instances together. An instance decides locally if ' +
            'Redis does not answer within 100 ms. Each limit then applies once at every instance. If the share ' +
            'stays low, see Redis in the Infrastructure dashboard.',
          unit: 'percentunit',
          decimals: 1,
          thresholds: ['red', [0.5, 'orange'], [0.99, 'green']],
          queries: [[share('service', decisions, 'job="microplatform"', 'by="redis"'), '{{service}}']],
          alerts: ['RateLimiterLocal'],
          span: 8,
        }),
        stat({
          title: 'Shed requests',
          description:
            'Requests per second that are answered 503 because too many are in progress, at the gateways and at the ' +
            'instances of services. More than 0 means that the load exceeds the capacity of the platform: see ' +
            'Requests in progress.',
          unit: 'reqps',
          thresholds: ['green', [0.01, 'red']],
          queries: [
            [`sum(${rate('gateway_requests_shed_total')})`, 'gateways'],
            [`sum(${rate('requests_shed_total')})`, 'services'],
          ],
          alerts: ['GatewayErrors'],
          span: 8,
        }),
      ],
    },
    {
      title: 'Rate limits',
      panels: [
        timeseries({
          title: 'Refused requests by rule',
          description:
            'Requests per second that the gateway answers with 429, by rule: users and addresses for most routes, ' +
            'and the id of a route with a limit of its own. A rise at login means that passwords are being guessed, ' +
            'or that many people share one address. The limits are in config-repo/api-gateway.yml.',
          unit: 'reqps',
          queries: [[matched('rule', decisions, atTheGateway, refused), '{{rule}}']],
          colors: { ...colors.routes, users: 'blue', addresses: 'yellow' },
          span: 12,
        }),
        timeseries({
          title: 'Decisions by Redis and locally',
          description:
            'Decisions of all rate limiters per second. While Redis is unavailable, all of them are local, and no ' +
            'request waits for it. A few local decisions per minute come from commands that took longer than 100 ms ' +
            'on a busy machine.',
          unit: 'suffix:/s',
          stacked: true,
          queries: [[sum('by', rate(decisions)), '{{by}}']],
          colors: { redis: 'green', local: 'orange' },
          alerts: ['RateLimiterLocal', 'StoreDown'],
          span: 12,
        }),
      ],
    },
    {
      title: 'Overload',
      panels: [
        timeseries({
          title: 'Requests in progress',
          description:
            'Requests in progress by instance, without those that wait for an outcome or for hashing. A gateway has ' +
            'at most platform.gateway.max-in-progress, an instance of a service platform.overload.max-in-progress. ' +
            'At the bound, requests are shed. If one instance has more than the others, it is slow.',
          unit: 'none',
          queries: [
            [sum('instance', 'gateway_requests_in_progress'), '{{instance}}'],
            [sum('instance', 'requests_in_progress'), '{{instance}}'],
          ],
          alerts: ['GatewaySlow'],
          span: 12,
        }),
        timeseries({
          title: 'Shed requests by instance',
          description:
            'Requests per second that an instance answers with 503 at once, because its bound is reached. The ' +
            'gateway sends what one instance sheds to another one, if that is safe. If all instances shed requests, ' +
            'add CPU time or reduce the load; a higher bound only makes requests wait longer.',
          unit: 'reqps',
          queries: [
            [sum('instance', rate('gateway_requests_shed_total')), '{{instance}}'],
            [sum('instance', rate('requests_shed_total')), '{{instance}}'],
          ],
          alerts: ['GatewayErrors'],
          span: 12,
        }),
      ],
    },
    {
      title: 'Logins',
      panels: [
        timeseries({
          title: 'Logins by outcome',
          description:
            'Logins per second by outcome; refused ones were answered 429 after too many failures. A rise of ' +
            'failures without a rise of successes is a client with an old password, or an attack: see Refused ' +
            'logins by rule.',
          unit: 'suffix:/s',
          queries: [[sum('outcome', rate('logins_total')), '{{outcome}}']],
          colors: { success: 'green', failure: 'orange', refused: 'red' },
          span: 8,
        }),
        timeseries({
          title: 'Refused logins by rule',
          description:
            'Logins per second that are answered 429 before the password is compared, by rule: too many failures of ' +
            'one account from one address (login-pair), of one address (login-address), or of one account from new ' +
            'addresses (login-account). The owner can still log in from an address of an earlier login.',
          unit: 'suffix:/s',
          queries: [[matched('rule', decisions, atLogin, refused), '{{rule}}']],
          span: 8,
        }),
        timeseries({
          title: 'Password hashing',
          description:
            'Passwords that each instance hashes, how many it may hash at the same time, and logins and ' +
            'registrations that wait. They wait for up to 10 s and are then answered 503; other requests are ' +
            'not affected. If requests wait all the time, many users log in, or there is an attack.',
          unit: 'none',
          queries: [
            [
              sum(
                'instance',
                `resilience4j_bulkhead_max_allowed_concurrent_calls{${hashing}}` +
                  ` - resilience4j_bulkhead_available_concurrent_calls{${hashing}}`,
              ),
              'hashed, {{instance}}',
            ],
            [sum('instance', 'password_hashing_waiting'), 'waiting, {{instance}}'],
            [`max(resilience4j_bulkhead_max_allowed_concurrent_calls{${hashing}})`, 'bound of an instance'],
          ],
          colors: { '/^waiting/': 'orange', 'bound of an instance': 'text' },
          limits: ['bound of an instance'],
          span: 8,
        }),
      ],
    },
  ],
});
