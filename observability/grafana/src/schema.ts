// The dashboards that are valid: Grafana's types, joined so that the options of each kind of panel are checked as well.
// Only the check reads this file, which generates a JSON schema from it.

import type * as grafana from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen';
import type * as bargauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** A dashboard without its panels, each of which has one of the types below. */
export interface DashboardWithoutPanels extends Omit<grafana.Dashboard, 'panels'> {
  uid: string;
}

export interface Row extends grafana.RowPanel {}
export interface StatPanel extends Typed<'stat', stat.Options, never> {}
export interface BarGaugePanel extends Typed<'bargauge', bargauge.Options, never> {}
export interface TimeSeriesPanel extends Typed<'timeseries', timeseries.Options, timeseries.FieldConfig> {}
export interface TablePanel extends Typed<'table', table.Options, Partial<table.FieldConfig>> {}

interface Typed<Type extends string, Options, Custom> extends Omit<
  grafana.Panel,
  'type' | 'targets' | 'transformations' | 'options' | 'fieldConfig'
> {
  type: Type;
  title: string;
  description: string;
  gridPos: grafana.GridPos;
  targets: Query[];
  transformations?: Transformation[];
  options: Options;
  fieldConfig: {
    defaults: Omit<grafana.FieldConfig, 'custom'> & { custom?: Custom };
    overrides: { matcher: Matcher; properties: Property[] }[];
  };
}

interface Query {
  refId: string;
  expr: string;
  legendFormat?: string;
  format?: 'time_series' | 'table';
  instant?: boolean;
  range?: boolean;
  interval?: string;
}

interface Matcher {
  id: 'byName' | 'byRegexp';
  options: string;
}

type Property =
  | { id: 'color'; value: grafana.FieldColor }
  | { id: 'decimals' | 'custom.fillOpacity' | 'custom.width'; value: number }
  | { id: 'custom.lineStyle'; value: { fill: 'dash'; dash: number[] } }
  | { id: 'links'; value: { title: string; url: string; targetBlank: boolean }[] }
  | { id: 'mappings'; value: grafana.ValueMapping[] }
  | { id: 'thresholds'; value: grafana.ThresholdsConfig }
  | { id: 'unit'; value: string }
  | { id: 'custom.cellOptions'; value: { type: 'color-text' } };

type Transformation =
  | { id: 'merge'; options: Record<string, never> }
  | { id: 'filterFieldsByName'; options: { include: { names: string[] } } }
  | { id: 'organize'; options: { indexByName: Record<string, number>; renameByName: Record<string, string> } };
