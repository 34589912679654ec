// Checks the JSON of a dashboard against the types in schema.ts. A field that Grafana does not know is an error.

import { join } from 'node:path';

import { Ajv, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

const root = join(import.meta.dirname, '..');

const generator = createGenerator({
  path: join(root, 'src/schema.ts'),
  tsconfig: join(root, 'tsconfig.json'),
  additionalProperties: false,
  skipTypeCheck: true,
});
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
const validator = (type: string): ValidateFunction => ajv.compile(generator.createSchema(type));

const dashboardValidator = validator('DashboardWithoutPanels');
const panelValidators = new Map(
  Object.entries({
    bargauge: 'BarGaugePanel',
    row: 'Row',
    stat: 'StatPanel',
    table: 'TablePanel',
    timeseries: 'TimeSeriesPanel',
  }).map(([panel, type]) => [panel, validator(type)]),
);

interface AnyDashboard {
  panels: { type: string; title: string }[];
}

export function checkSchema(file: string, { panels, ...dashboard }: AnyDashboard): string[] {
  return [
    ...errors(file, dashboardValidator, dashboard),
    ...panels.flatMap((panel) => {
      const name = `${file}/${panel.title}`;
      const validate = panelValidators.get(panel.type);
      return validate ? errors(name, validate, panel) : [`${name}: unknown type`];
    }),
  ];
}

const errors = (what: string, validate: ValidateFunction, value: unknown): string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${what}${instancePath}: ${message} ${JSON.stringify(params)}`,
      );
