import { dashboard, labelVariable, stat, timeseries } from './panels.js';
import { sum } from './promql.js';

const selected = 'job="microplatform",service="$service",instance=~"$instance"';
const heap = `${selected},area="heap"`;

export const jvm = dashboard({
  name: 'jvm',
  title: 'JVM',
  description: 'Memory, garbage collection, CPU and threads of the instances of a service.',
  variables: [
    labelVariable('service', 'service', 'jvm_info{job="microplatform"}', false),
    labelVariable('instance', 'instance', 'up{job="microplatform",service="$service"}', true),
  ],
  rows: [
    {
      panels: [
        stat({
          title: 'Heap after garbage collection',
          description:
            'Share of the old generation that is in use after a collection, at the instance with the most. Unlike ' +
            'the heap in use, it is what the instance needs. Above 90 %, an OutOfMemoryError is near, which ends the ' +
            'process: restart the service, and look for a leak if the value rises again.',
          unit: 'percentunit',
          decimals: 0,
          min: 0,
          max: 1,
          thresholds: ['green', [0.75, 'orange'], [0.9, 'red']],
          queries: [[`max(jvm_memory_usage_after_gc{${heap}})`]],
          span: 8,
        }),
        stat({
          title: 'Time in garbage collection',
          description:
            'Share of the CPU time that the garbage collector uses, at the instance with the most. Above 10 %, the ' +
            'heap is too small for the load, or memory leaks: add an instance, and see Heap after garbage collection.',
          unit: 'percentunit',
          decimals: 1,
          thresholds: ['green', [0.05, 'orange'], [0.1, 'red']],
          queries: [[`max(jvm_gc_overhead{${selected}})`]],
          span: 8,
        }),
        stat({
          title: 'CPU',
          description:
            'CPUs that the selected instances use together. High values are normal in the first minutes, until the ' +
            'code is compiled. If the value stays high without load, take a thread dump: jcmd PID ' +
            'Thread.dump_to_file FILE.',
          unit: 'suffix:CPUs',
          decimals: 2,
          queries: [[`sum(process_cpu_usage{${selected}} * system_cpu_count{${selected}})`]],
          span: 8,
        }),
      ],
    },
    {
      title: 'Memory',
      panels: [
        timeseries({
          title: 'Heap',
          description:
            'Heap in use by instance, and its limit. A sawtooth is normal. If its lower edge rises for hours, memory ' +
            'leaks: take a heap dump with jcmd PID GC.heap_dump FILE, then restart the service.',
          unit: 'bytes',
          queries: [
            [sum('instance', `jvm_memory_used_bytes{${heap}}`), '{{instance}}'],
            [`max(${sum('instance', `jvm_memory_max_bytes{${heap}}`)})`, 'limit'],
          ],
          colors: { limit: 'red' },
          limits: ['limit'],
          span: 12,
        }),
        timeseries({
          title: 'Non-heap memory',
          description:
            'Classes, compiled code and buffers of the selected instances together. It rises after a start and then ' +
            'stays level. If it keeps rising, memory leaks: restart the service. If compiled code reaches its limit, ' +
            'the JVM stops compiling and the instance becomes slow.',
          unit: 'bytes',
          queries: [
            [sum('id', `jvm_memory_used_bytes{${selected},area="nonheap"}`), '{{id}}'],
            [sum('id', `jvm_buffer_memory_used_bytes{${selected},id="direct"}`), 'buffers, {{id}}'],
          ],
          stacked: true,
          span: 12,
        }),
      ],
    },
    {
      title: 'Pauses and threads',
      panels: [
        timeseries({
          title: 'Garbage collection pauses',
          description:
            'Longest recent pause by instance; all requests of the instance wait for it. Pauses above 250 ms ' +
            'endanger the latency objective, and pauses above 1 s cause callers to eject the instance. If they ' +
            'recur, the heap is almost full or the host lacks CPU time.',
          unit: 's',
          thresholds: ['transparent', [0.25, 'orange'], [1, 'red']],
          queries: [[`max by (instance) (jvm_gc_pause_seconds_max{${selected}})`, '{{instance}}']],
          span: 12,
        }),
        timeseries({
          title: 'Virtual threads',
          description:
            'Virtual threads that run (mounted) and that wait for a CPU (queued), by instance; those that wait for a ' +
            'response are not counted. If many are queued while few are mounted, carrier threads are pinned or the ' +
            'host lacks CPU time: see the CPU in the Infrastructure dashboard.',
          unit: 'none',
          queries: [[`jvm_threads_virtual_live_threads{${selected}}`, '{{scheduling_status}}, {{instance}}']],
          colors: { '/^queued/': 'orange', '/^mounted/': 'green' },
          span: 12,
        }),
      ],
    },
  ],
});
