// What all dashboards have in common: the kinds of panels, colours, variables and links.

import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as grafana from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

const TAG = 'microplatform';

/** The default of the variable of the same name. It is also in ../prometheus/prometheus.yml, for the alerts. */
const RUNBOOKS = 'https://github.com/microplatform/microplatform/blob/main/docs/runbooks';

const datasource = { type: 'prometheus', uid: '${datasource}' };

/** A query and the legend of its series, in which {{label}} is the value of a label. */
export type Query = [expr: string, legend?: string];

/** A colour, or steps of it: the first colour applies below the first value. */
export type Steps = [base: string, ...steps: [from: number, color: string][]];

/** Colours by name of a series, or by regular expression. */
export type Colors = Record<string, string>;

export interface PanelOptions {
  title: string;
  /** What the panel shows, what a bad value means, and what to do. */
  description: string;
  /** The id of a unit of Grafana. */
  unit: string;
  queries: Query[];
  /** The interval of the scrapes, if it is longer than that of the services. $__rate_interval follows it. */
  scraped?: '15s';
  /** The width, in the 24 columns of the grid. */
  span: number;
  height?: number;
  thresholds?: Steps;
  /** Thresholds of single series, by name. */
  thresholdsOf?: Record<string, Steps>;
  decimals?: number;
  min?: number;
  max?: number;
  /** Text in place of values. */
  values?: Record<string, { text: string; color: string }>;
  colors?: Colors;
  /** The alerts on what the panel shows. Each has a runbook. */
  alerts?: string[];
}

/** The same thing has the same colour in every panel. */
export const colors = {
  services: {
    'api-gateway': 'blue',
    'user-service': 'purple',
    'order-service': 'orange',
    'config-server': 'yellow',
    'discovery-server': 'green',
  },
  /** The routes of a service have its colour in different shades. */
  routes: {
    login: 'light-purple',
    'sign-up': 'dark-purple',
    users: 'purple',
    'place-order': 'light-orange',
    orders: 'orange',
  },
  quantiles: { p50: 'green', p95: 'yellow', p99: 'red' },
  statuses: { '/^2/': 'green', '/^3/': 'blue', '/^4/': 'yellow', '/^5/': 'red' },
  orders: { pending: 'blue', confirmed: 'green', rejected: 'orange', cancelled: 'purple' },
  attempts: {
    answered: 'green',
    in_progress: 'blue',
    shed: 'yellow',
    erred: 'red',
    broke_off: 'dark-orange',
    timed_out: 'purple',
    refused: 'dark-red',
    not_sent: 'light-orange',
    abandoned: 'light-blue',
  },
} satisfies Record<string, Colors>;

/** Red as soon as there is one. */
export const none: Steps = ['green', [1, 'red']];

/** The text of a value that is 1 if something is up and 0 if it is down. */
export const upOrDown = { '0': { text: 'DOWN', color: 'red' }, '1': { text: 'UP', color: 'green' } };

/** A value, and its history in the background; with several series, one value for each. */
export function stat(options: PanelOptions): Builder<grafana.Panel> {
  const panel = new StatBuilder()
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(options.values ? common.BigValueGraphMode.None : common.BigValueGraphMode.Area)
    .justifyMode(common.BigValueJustifyMode.Auto)
    .textMode(common.BigValueTextMode.Auto)
    .orientation(common.VizOrientation.Auto);
  return describe(panel, { height: 4, ...options });
}

export interface TimeseriesOptions extends PanelOptions {
  /** Whether the series are a whole together. */
  stacked?: boolean;
  /** What the axis shows at least, so that small values look small. */
  upTo?: number;
  /** The series that are limits of the others. */
  limits?: string[];
}

/** Lines over time. The legend is beside them if there is room. */
export function timeseries(options: TimeseriesOptions): Builder<grafana.Panel> {
  const panel = new TimeseriesBuilder()
    .drawStyle(common.GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(options.stacked ? 30 : 8)
    .showPoints(common.VisibilityMode.Never)
    .spanNulls(false)
    .thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(
        options.thresholds ? common.GraphThresholdsStyleMode.Dashed : common.GraphThresholdsStyleMode.Off,
      ),
    )
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(common.LegendDisplayMode.Table)
        .placement(options.span < 12 ? common.LegendPlacement.Bottom : common.LegendPlacement.Right)
        .calcs(['last', 'max']),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending),
    )
    .colorScheme(new grafana.FieldColorBuilder().mode(grafana.FieldColorModeId.PaletteClassicByName));
  if (options.stacked) {
    panel.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'));
  }
  if (options.upTo) panel.axisSoftMax(options.upTo);
  for (const name of options.limits ?? []) {
    panel.withOverride({
      matcher: { id: 'byName', options: name },
      properties: [
        { id: 'custom.fillOpacity', value: 0 },
        { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
      ],
    });
  }
  return describe(panel, { min: 0, ...options });
}

/** A bar for each series. */
export function bars(options: PanelOptions): Builder<grafana.Panel> {
  const panel = new BarGaugeBuilder()
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .orientation(common.VizOrientation.Horizontal)
    .displayMode(common.BarGaugeDisplayMode.Basic)
    .valueMode(common.BarGaugeValueMode.Color);
  return describe(panel, options, 'instant');
}

export interface Column {
  title: string;
  unit?: string;
  decimals?: number;
  thresholds?: Steps;
  values?: PanelOptions['values'];
  width?: number;
  /** A link from the value. */
  link?: { title: string; url: string };
}

/**
 * The present values in rows: one for each combination of labels that the queries have in common. The columns are given
 * by the names of their fields: a label, or "Value #A" for the first of several queries and "Value" for a single one.
 */
export function table(
  options: Omit<PanelOptions, 'unit' | 'colors'> & { columns: Record<string, Column>; sortBy?: string },
): Builder<grafana.Panel> {
  const { columns, sortBy, ...rest } = options;
  const fields = Object.keys(columns);
  const titles = Object.fromEntries(fields.map((field) => [field, columns[field]!.title]));
  const panel = new TableBuilder()
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'filterFieldsByName', options: { include: { names: fields } } })
    .withTransformation({
      id: 'organize',
      options: { indexByName: Object.fromEntries(fields.map((field, index) => [field, index])), renameByName: titles },
    });
  for (const column of Object.values(columns)) {
    const properties = columnProperties(column);
    if (properties.length > 0) {
      panel.withOverride({ matcher: { id: 'byName', options: column.title }, properties });
    }
  }
  if (sortBy) {
    panel.sortBy([new common.TableSortByFieldStateBuilder().displayName(sortBy).desc(true)]);
  }
  // A label that looks like a number stays as it is.
  return describe(panel, { ...rest, unit: 'string' }, 'table');
}

function columnProperties(column: Column): grafana.DynamicConfigValue[] {
  const properties: grafana.DynamicConfigValue[] = [];
  const set = (id: string, value: unknown) => properties.push({ id, value });
  if (column.unit) set('unit', column.unit);
  if (column.decimals !== undefined) set('decimals', column.decimals);
  if (column.width) set('custom.width', column.width);
  if (column.values) set('mappings', mappings(column.values));
  if (column.thresholds) set('thresholds', thresholds(column.thresholds).build());
  if (column.thresholds || column.values) set('custom.cellOptions', { type: 'color-text' });
  if (column.link) set('links', [{ ...column.link, targetBlank: true }]);
  return properties;
}

/** What the builders of all kinds of panels have in common. */
interface PanelBuilder extends Builder<grafana.Panel> {
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: { type: string; uid: string }): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  min(min: number): this;
  max(max: number): this;
  mappings(mappings: grafana.ValueMapping[]): this;
  thresholds(thresholds: Builder<grafana.ThresholdsConfig>): this;
  links(links: Builder<grafana.DashboardLink>[]): this;
  withOverride(override: { matcher: grafana.MatcherConfig; properties: grafana.DynamicConfigValue[] }): this;
  withTarget(target: Builder<Dataquery>): this;
}

type Format = 'range' | 'instant' | 'table';

function describe<B extends PanelBuilder>(panel: B, options: PanelOptions, format: Format = 'range'): B {
  panel
    .title(options.title)
    .description(options.description)
    .datasource(datasource)
    .span(options.span)
    .height(options.height ?? 8)
    .unit(options.unit)
    .thresholds(thresholds(options.thresholds ?? ['text']))
    .links((options.alerts ?? []).map(runbook));
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  if (options.min !== undefined) panel.min(options.min);
  if (options.max !== undefined) panel.max(options.max);
  if (options.values) panel.mappings(mappings(options.values));
  for (const [name, color] of Object.entries(options.colors ?? {})) {
    panel.withOverride({
      matcher: { id: name.startsWith('/') ? 'byRegexp' : 'byName', options: name },
      properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }],
    });
  }
  for (const [name, steps] of Object.entries(options.thresholdsOf ?? {})) {
    panel.withOverride({
      matcher: { id: 'byName', options: name },
      properties: [{ id: 'thresholds', value: thresholds(steps).build() }],
    });
  }
  options.queries.forEach((query, index) => {
    const builder = target(query, index, format);
    panel.withTarget(options.scraped ? builder.interval(options.scraped) : builder);
  });
  // Links from a series to its logs and traces (fieldConfig.defaults.links) belong here once there is a data source for
  // them. They apply to every panel.
  return panel;
}

function target([expr, legend]: Query, index: number, format: Format): DataqueryBuilder {
  const query = new DataqueryBuilder().refId(String.fromCharCode(65 + index)).expr(expr);
  if (legend) query.legendFormat(legend);
  if (format === 'range') return query.range();
  return query.instant().format(format === 'table' ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
}

function thresholds([base, ...steps]: Steps): grafana.ThresholdsConfigBuilder {
  return new grafana.ThresholdsConfigBuilder()
    .mode(grafana.ThresholdsMode.Absolute)
    .steps([{ value: null, color: base }, ...steps.map(([value, color]) => ({ value, color }))]);
}

function mappings(values: Record<string, { text: string; color: string }>): grafana.ValueMapping[] {
  return [{ type: grafana.MappingType.ValueToText, options: values }];
}

function runbook(alert: string): grafana.DashboardLinkBuilder {
  return new grafana.DashboardLinkBuilder(`Runbook: ${alert}`)
    .type(grafana.DashboardLinkType.Link)
    .url(runbookUrl(alert))
    .targetBlank(true);
}

/** The runbook of an alert. The variable contains the address of docs/runbooks. */
export const runbookUrl = (alert: string): string => `\${runbooks:raw}/${alert}.md`;

export interface Row {
  title?: string;
  panels: Builder<grafana.Panel>[];
}

/** A variable with the values of a label. `all` adds the choice of all values. */
export function labelVariable(name: string, label: string, metric: string, all: boolean): grafana.QueryVariableBuilder {
  const variable = new grafana.QueryVariableBuilder(name)
    .label(name[0]!.toUpperCase() + name.slice(1))
    .datasource(datasource)
    .query({ qryType: 1, query: `label_values(${metric}, ${label})`, refId: name })
    .refresh(grafana.VariableRefresh.OnTimeRangeChanged)
    .sort(grafana.VariableSort.NaturalAsc)
    .multi(all)
    .includeAll(all);
  return all ? variable.current({ text: ['All'], value: ['$__all'] }) : variable;
}

export function dashboard(options: {
  name: string;
  title: string;
  description: string;
  variables?: grafana.QueryVariableBuilder[];
  rows: Row[];
}): grafana.Dashboard {
  const builder = new grafana.DashboardBuilder(`Microplatform / ${options.title}`)
    .uid(`${TAG}-${options.name}`)
    .description(options.description)
    .tags([TAG])
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .tooltip(grafana.DashboardCursorSync.Crosshair)
    .link(
      new grafana.DashboardLinkBuilder('Dashboards')
        .type(grafana.DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
    .variables([
      new grafana.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
      ...(options.variables ?? []),
      new grafana.TextBoxVariableBuilder('runbooks')
        .label('Runbooks')
        .description('The address of the folder docs/runbooks, for the links from panels to runbooks.')
        .defaultValue(RUNBOOKS),
    ]);
  for (const row of options.rows) {
    if (row.title) builder.withRow(new grafana.RowBuilder(row.title));
    row.panels.forEach((panel) => builder.withPanel(panel));
  }
  return finished(builder.build());
}

/**
 * Numbers the panels, so that a link to a panel stays valid as long as its position does, and removes defaults of the SDK:
 * those that are not part of Grafana's schema, and the one that moves links to a menu.
 */
function finished(result: grafana.Dashboard): grafana.Dashboard {
  result.panels?.forEach((panel, index) => {
    panel.id = index + 1;
    if ('links' in panel) panel.links?.forEach((link) => delete link.placement);
    if (panel.type === 'table') delete panel.options.footer;
  });
  result.links?.forEach((link) => delete link.placement);
  for (const variable of result.templating.list ?? []) {
    delete variable.auto;
    delete variable.auto_min;
    delete variable.auto_count;
  }
  return result;
}
