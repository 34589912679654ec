import { colors, dashboard, none, stat, table, timeseries } from './panels.js';
import { max } from './promql.js';

const each = 'instance, release';

/** The version of the configuration, as the commands show it. */
const shortened = 'label_replace(platform_configuration, "configuration", "$1", "version", "(.{0,12}).*")';

export const configuration = dashboard({
  name: 'configuration',
  title: 'Configuration and registry',
  description: 'Which version of the configuration each instance runs with, and whether the instances find each other.',
  rows: [
    {
      panels: [
        stat({
          title: 'Instances behind',
          description:
            'Instances that do not run with the published version of the configuration. This is normal for some ' +
            'seconds during a rollout. If it lasts, an instance hangs or refuses the version: ./platform status ' +
            'shows which one, and its log shows the reason.',
          unit: 'none',
          thresholds: none,
          queries: [['max(configuration_behind)']],
          alerts: ['ConfigurationVersionsDiffer'],
          span: 12,
        }),
        stat({
          title: 'Oldest registry copy',
          description:
            'Longest time for which an instance has not fetched the registry; normally it does so every second. The ' +
            'instance continues with its copy, but does not find new instances. If all instances are affected, the ' +
            'registry is down: run ./platform up.',
          unit: 's',
          decimals: 0,
          thresholds: ['green', [10, 'orange'], [60, 'red']],
          queries: [['max(eureka_client_registry_age_seconds)']],
          alerts: ['RegistryCopyOld'],
          span: 12,
        }),
      ],
    },
    {
      title: 'Configuration',
      panels: [
        table({
          title: 'Versions by instance',
          description:
            'Release, build and configuration of each instance. Outside of a rollout, all instances have the same ' +
            'configuration: if one differs, see the runbook. Several builds of one release are the result of starts ' +
            'after a change of the code: ./platform restart SERVICE replaces the older ones.',
          queries: [[max('instance, configuration', shortened)], [max(`${each}, version`, 'platform_build_info')]],
          columns: {
            instance: { title: 'Instance' },
            release: { title: 'Release', width: 90 },
            version: { title: 'Build' },
            configuration: { title: 'Configuration' },
          },
          alerts: ['ConfigurationVersionsDiffer'],
          span: 12,
        }),
        timeseries({
          title: 'Rollouts',
          description:
            'Rollouts since the config server started, by outcome. refused changed nothing; rolled_back returned all ' +
            'instances to the previous version; incomplete left out instances that the config server updates when ' +
            'they answer. ./platform refresh rolls out the present files, and prints the reason if that fails.',
          unit: 'none',
          queries: [['sum by (outcome) (configuration_rollouts_total)', '{{outcome}}']],
          colors: { done: 'green', incomplete: 'yellow', refused: 'orange', rolled_back: 'red' },
          alerts: ['ConfigurationRolloutFailed'],
          span: 12,
        }),
      ],
    },
    {
      title: 'Registry',
      panels: [
        timeseries({
          title: 'Instances by status',
          description:
            'Instances in the registry, by application and status. DOWN instances get no requests: they are starting ' +
            'or stopping, or their database is unavailable. An application that is missing cannot be called: ' +
            './platform up starts its instances.',
          unit: 'none',
          queries: [['platform:registry:instances', '{{application}}, {{status}}']],
          colors: {
            '/api-gateway, UP/i': colors.services['api-gateway'],
            '/user-service, UP/i': colors.services['user-service'],
            '/order-service, UP/i': colors.services['order-service'],
            '/config-server, UP/i': colors.services['config-server'],
            '/(DOWN|OUT_OF_SERVICE|UNKNOWN)$/': 'red',
            '/STARTING$/': 'light-yellow',
          },
          alerts: ['RegistryDown', 'InstanceMissing'],
          span: 12,
        }),
        timeseries({
          title: 'Registry copy age',
          description:
            'Time since the instances of each service last fetched the registry; it stays below 2 s. A line that ' +
            'rises steadily is an instance that cannot reach the registry: run ./platform up. Do not stop instances ' +
            'in the meantime, because their callers would not learn of it.',
          unit: 's',
          thresholds: ['transparent', [10, 'red']],
          queries: [[max('service', 'eureka_client_registry_age_seconds'), '{{service}}']],
          colors: colors.services,
          alerts: ['RegistryCopyOld'],
          span: 12,
        }),
      ],
    },
  ],
});
