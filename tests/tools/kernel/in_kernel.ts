import { type ClientOptions, KernelClient } from "../../../tools/kernel/client.ts";

/** Runs a body with a kernel of its own, which is gone afterwards. */
export async function inKernel(
  body: (client: KernelClient) => Promise<void>,
  options: ClientOptions = {},
): Promise<void> {
  const client = new KernelClient("ours", options);
  try {
    await client.ready();
    await body(client);
  } finally {
    await client.close();
  }
}

/** A test with a kernel of its own. */
export function kernelTest(name: string, body: (client: KernelClient) => Promise<void>): void {
  Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, () => inKernel(body));
}
