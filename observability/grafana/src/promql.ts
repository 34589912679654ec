// The PromQL that several panels share.

/** Requests of clients and of other services. Scrapes and health checks are not among them. */
export const requests = 'job="microplatform",uri!~"/actuator.*"';

/** The objectives of the platform. The alerts in ../prometheus/rules use the same ones. */
export const objectives = {
  /** The share of requests that may fail. */
  failed: 0.001,
  /** The share of requests that may take longer than {@link latency}. */
  slow: 0.01,
  /** Seconds. */
  latency: 0.5,
};

/** The rate of a counter per second. */
export const rate = (counter: string, matchers = ''): string => `rate(${counter}{${matchers}}[$__rate_interval])`;

export const sum = (by: string, vector: string): string => `sum by (${by}) (${vector})`;

export const max = (by: string, vector: string): string => `max by (${by}) (${vector})`;

/**
 * The share of the events of a counter that match. It is 0 while there are events but none of them match, and has no
 * value while there are no events.
 */
export function share(by: string, counter: string, all: string, matching: string): string {
  const whole = sum(by, rate(counter, all));
  return `(${sum(by, rate(counter, `${all},${matching}`))} or 0 * ${whole}) / (${whole} > 0)`;
}

/** The rate of the matching events of a counter, 0 while no event matches. */
export const matched = (by: string, counter: string, all: string, matching: string): string =>
  `${sum(by, rate(counter, `${all},${matching}`))} or 0 * ${sum(by, rate(counter, all))}`;

/** A quantile of a histogram. */
export const quantile = (q: number, by: string, histogram: string, matchers: string): string =>
  `histogram_quantile(${q}, ${sum(['le', by].filter(Boolean).join(', '), rate(`${histogram}_bucket`, matchers))})`;

/** The mean of a timer. It has no value while nothing is timed. */
export const mean = (by: string, timer: string, matchers: string): string =>
  `${sum(by, rate(`${timer}_sum`, matchers))} / (${sum(by, rate(`${timer}_count`, matchers))} > 0)`;
