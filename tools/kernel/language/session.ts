import { join, toFileUrl } from "@std/path";
import { LocalFiles } from "./local_files.ts";
import { LanguageService } from "./service.ts";
import { type OpenCell, type TypedCell, type TypeModule, typeModule } from "./type_module.ts";

/** So many different cells are remembered: more would take longer and longer. */
const MOST_CELLS = 500;

/** The cells that ran, in order, and Deno's language service, which knows their types. */
export class Session<C extends TypedCell = TypedCell> {
  readonly service: LanguageService;
  readonly #base: string;
  readonly #files = new LocalFiles();
  #cells: C[] = [];
  /** Whether all cells are remembered. */
  isWhole = true;

  /** @param folder The notebook's */
  constructor(folder = Deno.cwd(), service = new LanguageService(folder)) {
    this.service = service;
    this.#base = toFileUrl(join(folder, "/")).href;
  }

  get cells(): readonly C[] {
    return this.#cells;
  }

  /** A cell has run. The same text again takes the place of the earlier one. */
  add(cell: C): void {
    this.#cells = [...this.#cells.filter(({ source }) => source !== cell.source), cell];
    if (this.#cells.length <= MOST_CELLS) return;
    this.#cells.shift();
    this.isWhole = false;
  }

  /**
   * The cells as one module, for a question to the service.
   *
   * @param open What is being written, after them
   */
  async module(open?: OpenCell): Promise<TypeModule> {
    const module = typeModule(this.#cells, this.#base, open);
    const imported = [...module.text.matchAll(/(?:\bfrom |\bimport )"(file:[^"\n]+)"/g)].map(([, url]) =>
      url
    );
    await this.service.filesChanged(await this.#files.changed(imported));
    return module;
  }
}
