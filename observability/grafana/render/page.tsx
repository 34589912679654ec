// The dashboard as a page: Grafana's components, in Grafana's grid.

import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  createTheme,
  dateTime,
  FieldConfigOptionsRegistry,
  FieldType,
  getDisplayProcessor,
  getFieldDisplayValues,
  getFieldSeriesColor,
  standardTransformers,
  standardTransformersRegistry,
  ThemeContext,
  toDataFrame,
  transformDataFrame,
  type DataFrame,
  type FieldConfigPropertyItem,
  type TimeRange,
} from '@grafana/data';
import { BarGauge, BigValue, GlobalStyles, PanelChrome, Table, TimeSeries, VizRepeater } from '@grafana/ui';
import { type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { firstValueFrom } from 'rxjs';

const CELL = 30;
const GAP = 8;
const TIME_ZONE = 'utc';

const { mergeTransformer, filterFieldsByNameTransformer, organizeFieldsTransformer } = standardTransformers;
standardTransformersRegistry.setInit(
  () =>
    [mergeTransformer, filterFieldsByNameTransformer, organizeFieldsTransformer].map((transformation: any) => ({
      id: transformation.id,
      name: transformation.name,
      transformation: async () => transformation,
      editor: () => null,
    })) as any,
);

/** The properties that a panel sets for its fields. Grafana registers them with editors, which are not needed here. */
function registry({ defaults, overrides }: any): FieldConfigOptionsRegistry {
  const ids = new Set<string>([
    ...Object.keys(defaults).filter((key) => key !== 'custom'),
    ...Object.keys(defaults.custom ?? {}).map((key) => `custom.${key}`),
    ...overrides.flatMap(({ properties }: any) => properties.map(({ id }: any) => id)),
  ]);
  return new FieldConfigOptionsRegistry(() =>
    [...ids].map((id) => {
      const isCustom = id.startsWith('custom.');
      const path = id.replace('custom.', '');
      const process = (value: any) => value;
      return { id, name: id, path, isCustom, shouldApply: () => true, process } as unknown as FieldConfigPropertyItem;
    }),
  );
}

const number = (text: string): number | null => (Number.isNaN(Number(text)) ? null : Number(text));

const legend = (format: string | undefined, labels: Record<string, string>): string =>
  format
    ? format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? '')
    : Object.entries(labels)
        .map(([name, value]) => `${name}="${value}"`)
        .join(', ') || 'Value';

/** A frame for each series. */
function series({ results }: any): DataFrame[] {
  return results.flatMap(({ refId, legendFormat, step, result }: any) =>
    result.map(({ metric, values, value }: any) => {
      const points = values ?? [value];
      return toDataFrame({
        refId,
        fields: [
          {
            name: 'Time',
            type: FieldType.time,
            values: points.map(([at]: any) => at * 1000),
            config: { interval: step * 1000 },
          },
          {
            name: 'Value',
            type: FieldType.number,
            labels: metric,
            values: points.map(([, text]: any) => number(text)),
            config: { displayNameFromDS: legend(legendFormat, metric) },
          },
        ],
      });
    }),
  );
}

/** A frame for each query: its labels and its value. */
function rows({ results }: any): DataFrame[] {
  return results.map(({ refId, result }: any) => {
    const labels = [...new Set<string>(result.flatMap(({ metric }: any) => Object.keys(metric)))];
    return toDataFrame({
      refId,
      fields: [
        { name: 'Time', type: FieldType.time, values: result.map(({ value }: any) => value[0] * 1000) },
        ...labels.map((name) => ({
          name,
          type: FieldType.string,
          values: result.map(({ metric }: any) => metric[name] ?? ''),
        })),
        {
          name: results.length > 1 ? `Value #${refId}` : 'Value',
          type: FieldType.number,
          values: result.map(({ value }: any) => number(value[1])),
        },
      ],
    });
  });
}

async function framesOf(panel: any, theme: any): Promise<DataFrame[]> {
  const raw = panel.type === 'table' ? rows(panel) : series(panel);
  const data = await firstValueFrom(
    transformDataFrame(panel.transformations ?? [], raw, { interpolate: (text: string) => text }),
  );
  const frames = applyFieldOverrides({
    data,
    fieldConfig: panel.fieldConfig,
    fieldConfigRegistry: registry(panel.fieldConfig),
    replaceVariables: (text) => text,
    theme,
    timeZone: TIME_ZONE,
  });
  // Joining the series deletes their names, by which the palette gives them their colors.
  cacheFieldDisplayNames(frames);
  for (const field of frames.flatMap(({ fields }) => fields)) {
    if (field.config.color?.mode === 'palette-classic-by-name') {
      field.config.color = { mode: 'fixed', fixedColor: getFieldSeriesColor(field, theme).color };
    }
  }
  return frames;
}

/** The content of a panel, as wide and high as its chrome leaves. */
function content(
  panel: any,
  frames: DataFrame[],
  theme: any,
  timeRange: TimeRange,
  width: number,
  height: number,
): ReactNode {
  const { type, options, fieldConfig } = panel;
  if (frames.every((frame) => frame.length === 0)) return <div style={{ padding: 16, opacity: 0.6 }}>No data</div>;
  switch (type) {
    case 'timeseries':
      return (
        <TimeSeries {...{ frames, timeRange, width, height, options }} legend={options.legend} timeZone={TIME_ZONE} />
      );
    case 'table':
      return <Table data={frames[0]!} initialSortBy={options.sortBy} {...{ width, height }} />;
    default:
      return (
        <VizRepeater
          getValues={() =>
            getFieldDisplayValues({
              fieldConfig,
              reduceOptions: options.reduceOptions,
              replaceVariables: (text) => text,
              theme,
              data: frames,
              sparkline: options.graphMode === 'area',
              timeZone: TIME_ZONE,
            })
          }
          renderValue={({ value, width, height, count }: any) => {
            const { display, field, sparkline } = value;
            const { orientation, displayMode, colorMode, graphMode, justifyMode, textMode } = options;
            const size = { theme, width, height };
            if (type === 'bargauge') {
              return (
                <BarGauge
                  {...{ ...size, field, orientation, displayMode, value: display, itemSpacing: 8 }}
                  display={getDisplayProcessor({ field: { type: FieldType.number, config: field }, theme })}
                />
              );
            }
            const text = { ...display, title: count > 1 ? display.title : '' };
            return (
              <BigValue {...{ ...size, count, sparkline, colorMode, graphMode, justifyMode, textMode, value: text }} />
            );
          }}
          source={frames}
          orientation={options.orientation}
          {...{ width, height }}
        />
      );
  }
}

async function draw({ title, panels, width, from, to, theme: mode }: any): Promise<void> {
  const theme = createTheme({ colors: { mode } });
  const timeRange = { from: dateTime(from), to: dateTime(to), raw: { from: 'now-1h', to: 'now' } };
  const column = (width - GAP) / 24;
  const drawn: ReactNode[] = [];
  for (const panel of panels) {
    const { x, y, w, h } = panel.gridPos;
    const size = { width: w * column - GAP, height: h * (CELL + GAP) - GAP };
    const frames = panel.type === 'row' ? [] : await framesOf(panel, theme);
    drawn.push(
      <div key={panel.id} style={{ position: 'absolute', left: GAP + x * column, top: 48 + y * (CELL + GAP), ...size }}>
        {panel.type === 'row' ? (
          <div style={{ padding: '6px 2px', fontWeight: 500 }}>{panel.title}</div>
        ) : (
          <PanelChrome title={panel.title} {...size}>
            {(innerWidth, innerHeight) => content(panel, frames, theme, timeRange, innerWidth, innerHeight)}
          </PanelChrome>
        )}
      </div>,
    );
  }
  const height = 56 + Math.max(...panels.map(({ gridPos }: any) => gridPos.y + gridPos.h)) * (CELL + GAP);
  const { text, background } = theme.colors;
  const style = { position: 'relative' as const, width, height, color: text.primary, background: background.canvas };
  createRoot(document.getElementById('dashboard')!).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles isExtensionSidebarOpen={false} />
      <div style={{ ...theme.typography.body, ...style }}>
        <div style={{ padding: 12, fontSize: 18 }}>{title}</div>
        {drawn}
      </div>
    </ThemeContext.Provider>,
  );
}

Object.assign(window, { draw });
