import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

import { configuration } from './configuration.js';
import { gateway } from './gateway.js';
import { infrastructure } from './infrastructure.js';
import { jvm } from './jvm.js';
import { limits } from './limits.js';
import { messaging } from './messaging.js';
import { orders } from './orders.js';
import { overview } from './overview.js';
import { resilience } from './resilience.js';
import { service } from './service.js';

export const dashboards: Dashboard[] = [
  overview,
  gateway,
  service,
  orders,
  messaging,
  configuration,
  resilience,
  limits,
  jvm,
  infrastructure,
];
