/**
 * A signal that fires when a person presses Ctrl-C, or the program is asked to end.
 *
 * A second Ctrl-C ends the program at once; kernels end too, as they notice when nobody waits for them.
 */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(130);
    controller.abort();
  };
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  return controller.signal;
}
