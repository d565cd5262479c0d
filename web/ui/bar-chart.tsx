/** A chart of stacked bars for the eye, and the same numbers as a table for screen readers. */
import "./bar-chart.css";
import { createMemo, createSignal, For, onCleanup, onMount } from "solid-js";
import { type Bar, EDGE, layBars } from "./bars.ts";

type BarChartProps = {
  title: string;
  /** One sentence that says what the chart shows. */
  summary: string;
  /** What one bar is, as the head of its column. */
  unit: string;
  /** Names of the parts of each bar, from the bottom. */
  parts: readonly [string, string];
  bars: readonly (Bar & { readonly longLabel: string })[];
  /** A number as people read it. */
  say: (value: number) => string;
};

const HEIGHT = 172;
/** Until it is measured: the width of a phone. */
const WIDTH = 320;

export function BarChart(props: BarChartProps) {
  return (
    <figure class="bars">
      <figcaption class="bars-head">
        <h3>{props.title}</h3>
        <ul class="bars-legend" aria-hidden="true">
          <For each={props.parts}>{(part, at) => <li class={`bars-key bars-key-${at()}`}>{part}</li>}</For>
        </ul>
      </figcaption>
      <Drawing {...props} />
      <div class="visually-hidden">
        <p>{props.summary}</p>
        <Numbers {...props} />
      </div>
    </figure>
  );
}

function Drawing(props: BarChartProps) {
  let frame: HTMLDivElement | undefined;
  const [width, setWidth] = createSignal(WIDTH);
  onMount(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? WIDTH)));
    if (frame) watch.observe(frame);
    onCleanup(() => watch.disconnect());
  });
  const layout = createMemo(() => layBars(props.bars, { width: width(), height: HEIGHT }));
  return (
    <div class="bars-frame" ref={frame}>
      <svg width={width()} height={HEIGHT} viewBox={`0 0 ${width()} ${HEIGHT}`} aria-hidden="true">
        <For each={layout().ticks}>
          {({ value, y }) => (
            <>
              <line class="bars-line" x1={EDGE.left} x2={width()} y1={y} y2={y} />
              <text class="bars-text bars-value" x={EDGE.left - 8} y={y + 4}>
                {props.say(value)}
              </text>
            </>
          )}
        </For>
        <For each={layout().bars}>
          {(rects) => (
            <For each={rects}>{(rect, at) => <rect class={`bars-part-${at()}`} rx="2" {...rect} />}</For>
          )}
        </For>
        <For each={layout().labels}>
          {(x, at) => (
            <text class="bars-text bars-label" x={x ?? 0} y={HEIGHT - 5}>
              {x === null ? "" : props.bars[at()]?.label}
            </text>
          )}
        </For>
      </svg>
    </div>
  );
}

function Numbers(props: BarChartProps) {
  return (
    <table>
      <caption>{props.title}</caption>
      <thead>
        <tr>
          <th scope="col">{props.unit}</th>
          <For each={props.parts}>{(part) => <th scope="col">{part}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={props.bars}>
          {(bar) => (
            <tr>
              <th scope="row">{bar.longLabel}</th>
              <For each={bar.values}>{(value) => <td>{props.say(value)}</td>}</For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
