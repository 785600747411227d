/** Counters and gauges in Prometheus' text format. Labels are methods, routes and codes: never a person or a case. */

/** A figure read when somebody asks; null or a rejection leaves it out. */
export interface Gauge {
  /** `minqing_` is put before it. */
  name: string;
  help: string;
  read(): number | null | Promise<number | null>;
}

const BUCKETS_MS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

interface Series {
  labels: string;
  buckets: number[];
  count: number;
  sumMs: number;
}

export interface Metrics {
  observe(request: { method: string; route: string; status: number; ms: number }): void;
  /** A text for a scraper. */
  render(): Promise<string>;
}

export function createMetrics(gauges: readonly Gauge[]): Metrics {
  const series = new Map<string, Series>();
  return {
    observe({ method, route, status, ms }) {
      const labels = `method="${method}",route="${escape(route)}",status="${status}"`;
      const found = series.get(labels) ?? { labels, buckets: BUCKETS_MS.map(() => 0), count: 0, sumMs: 0 };
      series.set(labels, found);
      found.count += 1;
      found.sumMs += ms;
      BUCKETS_MS.forEach((limit, index) => {
        if (ms <= limit) {
          found.buckets[index] = (found.buckets[index] ?? 0) + 1;
        }
      });
    },
    async render() {
      const lines = [
        ...requestLines([...series.values()]),
        ...processLines(),
        ...(await Promise.all(gauges.map(gaugeLines))).flat(),
      ];
      return `${lines.join('\n')}\n`;
    },
  };
}

function requestLines(series: Series[]): string[] {
  const name = 'minqing_http_request_duration_seconds';
  const lines = [`# HELP ${name} Time to answer a request.`, `# TYPE ${name} histogram`];
  for (const { labels, buckets, count, sumMs } of series) {
    BUCKETS_MS.forEach((limit, index) =>
      lines.push(`${name}_bucket{${labels},le="${limit / 1_000}"} ${buckets[index]}`),
    );
    lines.push(`${name}_bucket{${labels},le="+Inf"} ${count}`);
    lines.push(`${name}_sum{${labels}} ${(sumMs / 1_000).toFixed(6)}`, `${name}_count{${labels}} ${count}`);
  }
  return lines;
}

function processLines(): string[] {
  const { rss, heapUsed } = process.memoryUsage();
  return [
    ...oneGauge('process_resident_memory_bytes', 'Resident memory.', rss),
    ...oneGauge('process_heap_used_bytes', 'Heap in use.', heapUsed),
    ...oneGauge('process_uptime_seconds', 'Seconds since the process began.', Math.round(process.uptime())),
  ];
}

async function gaugeLines(gauge: Gauge): Promise<string[]> {
  try {
    const value = await gauge.read();
    return value === null ? [] : oneGauge(gauge.name, gauge.help, value);
  } catch {
    // A figure that cannot be read must not take the others with it.
    return [];
  }
}

function oneGauge(name: string, help: string, value: number): string[] {
  return [`# HELP minqing_${name} ${help}`, `# TYPE minqing_${name} gauge`, `minqing_${name} ${value}`];
}

function escape(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
