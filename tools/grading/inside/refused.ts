// Stands in the place of a module that a graded cell may not have: the configuration inside the walls says so.
const name = decodeURIComponent(new URL(import.meta.url).search.slice(1));
throw new Deno.errors.NotCapable(`${name} is not there while a notebook is graded`);
