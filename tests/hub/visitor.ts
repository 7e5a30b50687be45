/** Goes from page to page as a browser does: it keeps cookies, and follows where it is sent. */
export class Visitor {
  readonly #origin: string;
  /** Cookies by path and name. */
  readonly #cookies = new Map<string, { path: string; name: string; value: string }>();

  /** @param origin Such as `http://127.0.0.1:8000` */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Ask for a page or send something; redirects are followed. Gives the answer and where it came from. */
  async go(
    path: string,
    options: { method?: string; form?: Record<string, string>; json?: unknown } = {},
  ): Promise<{ status: number; path: string; text: string }> {
    let { method = options.form || options.json ? "POST" : "GET" } = options;
    let body: string | undefined = options.form
      ? new URLSearchParams(options.form).toString()
      : options.json === undefined
      ? undefined
      : JSON.stringify(options.json);
    const type = options.form ? "application/x-www-form-urlencoded" : "application/json";
    for (let hops = 0; hops < 15; hops++) {
      const headers: Record<string, string> = { cookie: this.cookies(path) };
      if (method !== "GET") headers["x-xsrftoken"] = this.cookie(path, "_xsrf") ?? "";
      if (body) headers["content-type"] = type;
      const answer = await fetch(this.#origin + path, {
        method,
        headers,
        body,
        redirect: "manual",
      });
      this.#keep(answer.headers.getSetCookie());
      const text = await answer.text();
      const next = answer.headers.get("location");
      // What was made has a location too, and nobody is sent there.
      if (next === null || answer.status < 300) return { status: answer.status, path, text };
      const address = new URL(next, this.#origin + path);
      if (address.origin !== this.#origin) throw new Error(`Sent away, to ${address}.`);
      path = address.pathname + address.search;
      [method, body] = ["GET", undefined];
    }
    throw new Error(`Sent from page to page without an end; the last was ${path}.`);
  }

  /** The header with the cookies that hold for a path. */
  cookies(path: string): string {
    return this.#for(path).map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  /** One cookie's value: that of the longest path. */
  cookie(path: string, name: string): string | undefined {
    return this.#for(path).find((cookie) => cookie.name === name)?.value;
  }

  #for(path: string) {
    return [...this.#cookies.values()].filter((cookie) => path.startsWith(cookie.path))
      .sort((a, b) => b.path.length - a.path.length);
  }

  #keep(lines: string[]): void {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(/;\s*/);
      const [, name, value] = /^([^=]+)=(.*)$/.exec(pair)!;
      const path = attributes.map((text) => /^path=(.*)$/i.exec(text)?.[1]).find(Boolean) ?? "/";
      this.#cookies.set(`${path} ${name}`, { path, name, value });
    }
  }
}
