/**
 * The checks of all exercises of the course: a folder a notebook, a file an exercise. Hidden tests, by which marks are
 * given, are in the author's notebooks only.
 *
 * @module
 */
import "./00_start_here/mod.ts";
import "./01_loss_functions/mod.ts";
import "./02_backpropagation/mod.ts";
import "./03_the_training_loop/mod.ts";
import "./04_training_in_practice/mod.ts";
import "./05_mnist_digits/mod.ts";
import { exercises } from "./exercise.ts";
import { showProgressOf } from "./progress.ts";

/** Shows which exercises of a notebook, such as `"02"`, are done, and keeps it up to date. */
export function showProgress(notebook: string): Promise<void> {
  return showProgressOf(notebook, exercises());
}
