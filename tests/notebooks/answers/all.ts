import type { Attempts } from "../attempts.ts";
import { attempts as start } from "./00_start_here.ts";
import { attempts as losses } from "./01_loss_functions.ts";
import { attempts as backpropagation } from "./02_backpropagation.ts";
import { attempts as loop } from "./03_the_training_loop.ts";
import { attempts as practice } from "./04_training_in_practice.ts";
import { attempts as digits } from "./05_mnist_digits.ts";

/** Answers to all exercises that a check reads, by the name of their notebook. */
export const ATTEMPTS: Record<string, Attempts> = {
  "00_start_here": start,
  "01_loss_functions": losses,
  "02_backpropagation": backpropagation,
  "03_the_training_loop": loop,
  "04_training_in_practice": practice,
  "05_mnist_digits": digits,
};
