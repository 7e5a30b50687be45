// The claim ledger: what the texts that the course follows claim, and what the cells say to it.

/** What came of looking into a claim. */
export type Verdict = "true" | "qualified" | "false" | "unsourced";

/** A claim of one of the texts, in our words. */
export interface Claim {
  claim: string;
  sources: string;
  verdict: Verdict;
  /** What is right. */
  right: string;
  /** The tag of the cells that show it. */
  tag: string;
}

const claim = (tag: string, sources: string, verdict: Verdict, text: string, right: string): Claim => ({
  claim: text,
  sources,
  verdict,
  right,
  tag,
});

/** All claims, in the order in which the course meets them. */
export const CLAIMS: Claim[] = [
  claim(
    "row-10",
    "S2 S4",
    "true",
    "Squaring makes a large error dear: 10 counts 100.",
    "So it is; it also makes outliers rule.",
  ),
  claim(
    "row-12",
    "S2 S4",
    "true",
    "With a one-hot target the cross-entropy is −ln of one probability.",
    "All other terms are multiplied by 0.",
  ),
  claim(
    "row-13",
    "S1",
    "qualified",
    "A probability of 0.62 for the right class is an error of 0.38.",
    "0.38 is the size of the gradient at that logit; the cross-entropy is 0.4780, the Brier score 0.1778.",
  ),
  claim(
    "mistake-7",
    "S2",
    "false",
    "Cross-entropy counts the extra bits that a wrong belief costs.",
    "It is the whole length of the code, in nats with ln; the extra part is the KL divergence.",
  ),
  claim(
    "mistake-7",
    "S2",
    "qualified",
    "A perfect model has loss 0.",
    "Finite logits never reach it, and with soft labels the floor is the entropy of the labels.",
  ),
  claim(
    "row-16",
    "S4",
    "true",
    "Squared error assumes Gaussian noise.",
    "Its minimum is the maximum of a Gaussian likelihood; absolute error belongs to Laplace's.",
  ),
  claim(
    "mistake-16",
    "S4",
    "qualified",
    "The loss surface starts at 6.1718 and ends at (2.0, 0.5).",
    "The data are not published; data with exactly these values can be built, and they are not those of the exercise.",
  ),
  claim(
    "mistake-16",
    "S4",
    "qualified",
    "In the landscape to turn, learning rates from 0.4 diverge.",
    "The limit is 2/λmax, so it depends on the data: the widget says its own.",
  ),
  claim(
    "row-20",
    "S4",
    "true",
    "In many dimensions most critical points are saddles.",
    "Shown with random symmetric matrices: all eigenvalues rarely have one sign.",
  ),
  claim(
    "row-22",
    "S4",
    "true",
    "A linear model cannot learn XOR.",
    "Its best cross-entropy is that of guessing.",
  ),
  claim(
    "mistake-1",
    "S1",
    "false",
    "Ten sigmoids shrink a gradient to 0.0000095 at most.",
    "0.25 to the tenth is 9.54e-7, ten times less, and the weights multiply in too.",
  ),
  claim(
    "mistake-4",
    "S1",
    "qualified",
    "784-128-10 has 101,632 weights.",
    "It has, and 138 biases: 101,770 parameters.",
  ),
  claim(
    "mistake-4",
    "S1 S2 S4",
    "false",
    "Numerical gradients cost 101,632, or N + 1, or 2N passes.",
    "Forward differences N + 1 = 101,771, central ones 2N = 203,540.",
  ),
  claim(
    "mistake-5",
    "S2 S4 S1",
    "false",
    "The way back costs as much as the way forward, or one and a half times.",
    "Twice as much, where each layer's input gets a gradient, so three times in all. Pixels need none: in 784-128-10 it is about once.",
  ),
  claim(
    "mistake-5",
    "S2",
    "false",
    "Backpropagation is a billion times faster than wiggling every weight.",
    "About N/3 times.",
  ),
  claim(
    "mistake-8",
    "S2",
    "qualified",
    "A network is called two-layer, with three weight matrices and elsewhere with two.",
    "Say how many weight matrices there are.",
  ),
  claim(
    "row-28",
    "S1",
    "true",
    "A gradient of 0.03 and a rate of 0.1 move 0.5 to 0.497.",
    "With an input of 0.8 the gradient from behind must be 0.0375.",
  ),
  claim(
    "mistake-2",
    "S1",
    "false",
    "Adam is m, v and a step, without further corrections.",
    "Without bias correction the first step is √10 times too large; without ε a pixel that is always blank gives 0/0.",
  ),
  claim(
    "mistake-2",
    "S1",
    "false",
    "v is the variance of the gradient.",
    "It is the mean square: not centred.",
  ),
  claim(
    "mistake-3",
    "S1 S2",
    "qualified",
    "Momentum is v ← βv + g with w ← w − ηv, or v ← βv + ηg with w ← w − v.",
    "Both, and they agree only while η is constant.",
  ),
  claim(
    "mistake-3",
    "S1 S2",
    "false",
    "Momentum is a running average of gradients.",
    "It is a sum that fades: a steady gradient is amplified 1/(1 − β) = 10 times.",
  ),
  claim(
    "mistake-6",
    "S1",
    "qualified",
    "27 ms a batch make 25 s an epoch and 8 minutes for 20, up to 98%.",
    "The sums are right; the times are slow for this network, and no settings guarantee the accuracy.",
  ),
  claim(
    "mistake-9",
    "S1 S4",
    "qualified",
    "The right learning rate is between 1e-3 and 1e-2.",
    "For Adam often; plain descent on the exercise wants 0.1. It depends on optimizer and scale.",
  ),
  claim(
    "mistake-10",
    "S1",
    "false",
    "`weight -= rate * gradient` in a loop trains the weights.",
    "It changes a local variable; the array must be changed, or what it is kept in.",
  ),
  claim(
    "mistake-10",
    "S1",
    "false",
    "`backward(loss)` with the loss as a number is enough.",
    "A number does not know what it was computed from.",
  ),
  claim(
    "mistake-10",
    "S1",
    "false",
    "Lowering a variable called learning rate on a plateau helps Adam.",
    "Only if it reaches the optimizer, and only with patience.",
  ),
  claim(
    "mistake-17",
    "S3",
    "qualified",
    "Updates after single examples are chaotic.",
    "They are noisy, and right on average: a method that works with a smaller rate.",
  ),
  claim(
    "mistake-17",
    "S1 S2 S3 S4",
    "qualified",
    "The loop has four, five or six steps.",
    "It is one loop, cut differently.",
  ),
  claim(
    "row-42",
    "S1 S2 S3",
    "qualified",
    "60,000 images in batches of 64 are 937.5 iterations.",
    "938, the last one with half a batch, or 937 if it is dropped.",
  ),
  claim(
    "mistake-11",
    "S2",
    "false",
    "L2 regularization comes with Adam's paper.",
    "The paper has none; libraries added it. AdamW takes it out of the gradient.",
  ),
  claim(
    "mistake-11",
    "S1 S2",
    "qualified",
    "Weight decay is λΣw².",
    "Whose gradient is 2λw; the weight_decay of libraries means λw.",
  ),
  claim(
    "mistake-12",
    "S2",
    "qualified",
    "Dropout scales the weights when the network is used.",
    "The classic form; today's code divides by 1 − p while training. Equal on average.",
  ),
  claim(
    "mistake-13",
    "S1 S2",
    "unsourced",
    "Nobody trains with a fixed learning rate.",
    "Many do; a schedule often helps.",
  ),
  claim(
    "mistake-13",
    "S1 S2",
    "qualified",
    "Batch normalization works because it reduces covariate shift.",
    "It works; why is disputed.",
  ),
  claim(
    "mistake-13",
    "S1 S2",
    "qualified",
    "Sharp minima generalize worse.",
    "Disputed: sharpness changes with the scale of the weights, and the function does not.",
  ),
  claim(
    "mistake-13",
    "S1 S2",
    "qualified",
    "Momentum escapes local minima.",
    "It rolls through small dips; a guarantee it is not.",
  ),
  claim(
    "mistake-13",
    "S1",
    "unsourced",
    "Training fails at a learning rate of 1.0; half precision doubles the speed; BERT costs $500.",
    "It depends on the network, the machine and the year.",
  ),
  claim(
    "mistake-15",
    "S3",
    "qualified",
    "A training loss of 0 usually means overfitting.",
    "Not by itself: large networks often fit all of the training data and do well. Only validation decides.",
  ),
  claim(
    "mistake-14",
    "S1",
    "qualified",
    "Guessing reads one digit in ten.",
    "With five digits one in five, and always answering the commonest 22.1%.",
  ),
  claim(
    "mistake-14",
    "S0",
    "qualified",
    "Reading over 80% is success.",
    "It is the promise and a low bar; expect at least 97%.",
  ),
  claim(
    "row-62",
    "S1",
    "true",
    "From 10% to 98% on the 60,000 images of MNIST.",
    "Reached with the recipe that the project names.",
  ),
];
