// The panels that have data only during or after a fault, and the command that causes it. Every other panel has data
// as soon as the platform runs under load.

export const onlyDuringAFault: Record<string, string> = {
  'microplatform-overview/Firing alerts': './platform drill alerts',
  'microplatform-messaging/Retries and dead letters': './platform drill alerts',
  'microplatform-resilience/Retries and ejections': './platform drill kill',
};
