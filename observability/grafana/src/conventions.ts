// What the types do not say about the dashboards.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';

import { onlyDuringAFault } from './faults.js';

const COLUMNS = 24;
const runbooks = join(import.meta.dirname, '../../../docs/runbooks');

export function checkConventions(dashboards: Dashboard[]): string[] {
  const panels = dashboards.flatMap((dashboard) =>
    panelsOf(dashboard).map((panel) => ({ panel, name: `${dashboard.uid}/${panel.title}` })),
  );
  const names = panels.map(({ name }) => name);
  return [
    ...dashboards.flatMap(layout),
    ...panels.flatMap(({ panel, name }) => panelProblems(panel).map((what) => `${name}: ${what}`)),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name}: the title is not unique`),
    ...faultProblems(names),
  ];
}

const panelsOf = (dashboard: Dashboard): Panel[] =>
  (dashboard.panels ?? []).filter((panel): panel is Panel => panel.type !== 'row');

/** Each line of panels fills the grid: no gap, no overlap, one height. */
function layout(dashboard: Dashboard): string[] {
  const lines = new Map<number, Panel[]>();
  for (const panel of panelsOf(dashboard)) {
    const y = panel.gridPos!.y;
    lines.set(y, [...(lines.get(y) ?? []), panel]);
  }
  return [...lines].flatMap(([y, panels]) => {
    const width = panels.reduce((sum, panel) => sum + panel.gridPos!.w, 0);
    const heights = new Set(panels.map((panel) => panel.gridPos!.h));
    return width === COLUMNS && heights.size === 1 ? [] : [`${dashboard.uid}: the line at ${y} is uneven`];
  });
}

function panelProblems(panel: Panel): string[] {
  const expressions = (panel.targets ?? []).map((target) => (target as { expr?: string }).expr ?? '');
  const alerts = (panel.links ?? []).map((link) => link.url?.match(/\/(\w+)\.md$/)?.[1]);
  return [
    ...(panel.description?.endsWith('.') ? [] : ['has no description']),
    ...(panel.fieldConfig?.defaults.unit ? [] : ['has no unit']),
    ...(expressions.length > 0 && expressions.every(Boolean) ? [] : ['has no query']),
    ...(expressions.some((expr) => /\[\d+[smhd]\]/.test(expr)) ? ['has a range other than $__rate_interval'] : []),
    ...alerts
      .filter((alert) => !alert || !existsSync(join(runbooks, `${alert}.md`)))
      .map((alert) => `has no runbook for the alert ${alert}`),
  ];
}

function faultProblems(names: string[]): string[] {
  const listed = Object.keys(onlyDuringAFault);
  return [
    ...listed
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: faults.ts lists it, but it does not exist`),
    ...(listed.length > names.length / 10 ? ['more than a tenth of the panels have data only during a fault'] : []),
  ];
}
