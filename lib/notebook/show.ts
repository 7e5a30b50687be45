import { host } from "../host/mod.ts";
import { kernel, type MimeBundle, settle } from "./jupyter.ts";

const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/**
 * Shows a value below the cell, and returns when the kernel has sent it.
 *
 * In a notebook use this rather than a last expression: the stock kernel now and then loses the latter.
 * Outside a notebook the text form is printed.
 *
 * @param value A chart, anything with a `Symbol.for("Jupyter.display")` method, a MIME bundle
 * (`{ "text/html": … }`), or any other value, shown as text
 * @throws {TypeError} If the value's display method gives no MIME bundle
 *
 * @example
 * ```ts
 * import { barChart, show } from "backprop";
 *
 * await show(barChart([{ label: "cat", value: 3 }, { label: "dog", value: 5 }], { yLabel: "images" }));
 * await show("5 images");
 * ```
 */
export async function show(value: unknown): Promise<void> {
  await showBundle(await toBundle(value));
}

/** Shows a MIME bundle; `metadata` stays with it in the notebook, for programs. @internal */
export async function showBundle(data: MimeBundle, metadata: Record<string, unknown> = {}): Promise<void> {
  const jupyter = kernel();
  if (jupyter) await jupyter.broadcast("display_data", { data, metadata, transient: {} });
  else console.log(textOf(data));
  await settle();
}

let views = 0;

/**
 * A place below a cell whose content can be replaced; made by {@link live}.
 *
 * @example
 * ```ts
 * import { live } from "backprop";
 *
 * const view = await live("step 1");
 * await view.update("step 2"); // in the same place
 * ```
 */
export class LiveView {
  readonly #id: string;
  #printed: string | undefined;

  /**
   * Called by {@link live}.
   *
   * @param id Unique among the views of this kernel; front ends find the place to replace by it
   */
  constructor(id: string) {
    this.#id = id;
  }

  /**
   * Replaces what is shown, in place.
   *
   * @param value As for {@link show}
   * @throws {TypeError} If the value's display method gives no MIME bundle
   *
   * @example
   * ```ts
   * import { live } from "backprop";
   *
   * const view = await live("step 1");
   * await view.update("step 2");
   * ```
   */
  async update(value: unknown): Promise<void> {
    await this.send("update_display_data", value);
  }

  /** As `update`, for those who show often: says which message, and how long to wait afterwards. @internal */
  async send(
    messageType: "display_data" | "update_display_data",
    value: unknown,
    wait?: number,
  ): Promise<void> {
    const data = await toBundle(value);
    const jupyter = kernel();
    if (jupyter) {
      await jupyter.broadcast(messageType, { data, metadata: {}, transient: { display_id: this.#id } });
    } else {
      // A terminal cannot take back what it printed: print only what is new.
      const text = textOf(data);
      if (text !== this.#printed) console.log(text);
      this.#printed = text;
    }
    await settle(wait);
  }
}

/**
 * Shows a value in a place that can be updated: a chart that grows while the network trains.
 *
 * @param value As for {@link show}
 * @returns The place, with an `update` method
 * @throws {TypeError} If the value's display method gives no MIME bundle
 *
 * @example
 * ```ts
 * import { live, lossChart } from "backprop";
 *
 * const history = [{ epoch: 0, trainLoss: 1.61 }];
 * const view = await live(lossChart(history));
 * history.push({ epoch: 1, trainLoss: 0.31 });
 * await view.update(lossChart(history));
 * ```
 */
export async function live(value: unknown): Promise<LiveView> {
  // A counter, not a random name: two runs of a notebook send the same messages.
  const view = new LiveView(`backprop-live-${++views}`);
  await view.send("display_data", value);
  return view;
}

async function toBundle(value: unknown): Promise<MimeBundle> {
  const display = value === null || value === undefined
    ? undefined
    : (value as { [DISPLAY]?: unknown })[DISPLAY];
  if (typeof display === "function") {
    const bundle = await display.call(value);
    if (isBundle(bundle)) return bundle;
    throw new TypeError(
      'show() expects the display method of a value to give a MIME bundle such as { "text/html": "…" }, ' +
        `got ${host.inspect(bundle, { depth: 1 })}.`,
    );
  }
  if (isBundle(value)) return value;
  return { "text/plain": typeof value === "string" ? value : host.inspect(value) };
}

/** A plain object all of whose keys look like MIME types. */
function isBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^[a-z]+\/[\w.+-]+$/.test(key));
}

function textOf(bundle: MimeBundle): string {
  const text = bundle["text/plain"] ?? bundle["text/markdown"];
  return text === undefined ? `[${Object.keys(bundle).join(", ")}]` : String(text);
}
