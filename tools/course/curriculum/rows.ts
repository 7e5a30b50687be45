// What the course promises, row by row. The texts that the course follows are called S0 to S4; see sources.ts.

/** One promise of the curriculum. */
export interface Row {
  number: number;
  /** What a learner meets. */
  item: string;
  /** The texts that name it. */
  sources: string;
  /** Beginnings of the names of the notebooks that deliver it: each of them has a cell with the tag `row-N`. */
  homes: string[];
}

const row = (number: number, sources: string, homes: string, item: string): Row => ({
  number,
  item,
  sources,
  homes: homes.split(" "),
});

/** All rows, in order. */
export const ROWS: Row[] = [
  row(1, "S0", "00", "Four sections and a project; what to learn afterwards"),
  row(
    2,
    "S0",
    "00",
    "What you will be able to do: losses, backpropagation by hand and in code, the loop, digits",
  ),
  row(3, "S0", "00", "What you need to know: the forward-only Network, the chain rule, matrices"),
  row(4, "S0", "00", "Three ways to work: alone, with an AI tutor, in pairs"),
  row(5, "S0", "01 02 05", "The figures of loss surfaces and of a traced pass; the digits"),
  row(6, "S3 S4", "01 02 03 04", "Aims and key concepts, section by section"),
  row(7, "S1 S2 S3", "02 04", "Further reading and history"),

  row(8, "S4", "01", "Learning is a search for θ* = argmin L(θ); the house-price example"),
  row(9, "S0 S2 S3 S4", "01", "A loss is one number; being confident and wrong is dear"),
  row(10, "S2 S4", "01", "Mean squared error; an error of 10 adds 100"),
  row(11, "S2 S4", "01", "Binary cross-entropy, for one example and for a batch"),
  row(12, "S2 S4", "01", "Categorical cross-entropy is −ln of the right class's probability"),
  row(13, "S1", "01", "The digit 8 with p = 0.62: cross-entropy, Brier score, gradient"),
  row(14, "S2", "01", "Entropy, and the price of a wrong belief"),
  row(15, "S4", "01", "Which loss for which task"),
  row(16, "S4", "01", "A loss is an assumption about noise"),
  row(17, "S4", "01", "Widget: w and b, arrow, MSE 6.1718 at (0, 0), minimum at (2, 0.5)"),
  row(18, "S4", "01", "Widget: a landscape to turn, with ball, path and learning rate"),
  row(19, "S2", "01", "Figure: a landscape in one dimension, overshooting and getting stuck"),
  row(20, "S4", "01", "Six features of hard landscapes; most critical points are saddles"),
  row(21, "S3 S2", "01", "Blindfolded on a mountain"),
  row(22, "S4", "01 04", "Expected and empirical risk, bias and variance, XOR, four ways to help"),

  row(23, "S1 S2", "02", "The chain rule: a product along a path"),
  row(24, "S2 S4", "02", "A layer: z = Wx + b, a = f(z); a forward pass with three matrices"),
  row(25, "S2", "02", "A pass through σ, σ and BCE, number by number"),
  row(26, "S2", "02", "Figure: the graph with values forward and gradients backward"),
  row(27, "S1 S2", "02", "dW is what went in times what came back; the slope of ReLU"),
  row(28, "S1", "02", "One weight's step: 0.5 becomes 0.497"),
  row(29, "S1 S2 S4", "02", "Numerical, symbolic and automatic differentiation, and what each costs"),
  row(30, "S4", "02", "Keep what the forward pass computed"),
  row(31, "S2 S3", "02", "Backpropagation computes, the optimizer steps; three checkpoints"),
  row(32, "S1", "02", "Vanishing and exploding gradients"),
  row(33, "S1", "02", "Which of 101,632 weights is to blame?"),

  row(34, "S0 S3 S4", "03", "The loop in four steps; widget: a stepper in six"),
  row(35, "S3", "03", "Four facts to check before training"),
  row(36, "S1 S2 S4", "03", "The loop from basic to complete; the network 10-64-32-1"),
  row(37, "S4", "03", "Gradients add up until they are zeroed"),
  row(38, "S1 S2 S3 S4", "03", "The rule of gradient descent"),
  row(39, "S1 S4", "03", "Learning rates: too small, right, too large"),
  row(40, "S4", "03", "Widget: descent in two dimensions"),
  row(41, "S1 S2 S3 S4", "03", "Whole batch, single example, mini-batch"),
  row(42, "S1 S2 S3", "03", "Epochs and iterations"),
  row(43, "S0 S2", "03", "When to stop"),
  row(44, "S1 S2", "03", "SGD, momentum, RMSprop, Adam, AdamW compared"),
  row(45, "S1 S2", "03", "Schedules and the learning-rate finder"),
  row(46, "S1", "03", "What a batch, an epoch and a training cost in time"),

  row(47, "S2 S3", "04", "Figure: both curves, the onset of overfitting, the gap"),
  row(48, "S1 S3", "04", "Training and validation: an exam with unseen questions"),
  row(49, "S1", "04", "Underfitting: causes and remedies"),
  row(50, "S1 S2", "04", "L2, L1, dropout, early stopping, simpler models, more data, noise"),
  row(51, "S1", "04", "Augmentation of images, text and series"),
  row(52, "S1 S2", "04", "Batch normalization, residual connections, Xavier and He"),
  row(53, "S1", "04", "Clipping gradients"),
  row(54, "S1", "04", "What to watch while training"),
  row(55, "S1", "04", "Symptoms and what to do"),
  row(56, "S1", "04", "Start simple; learn one batch by heart first"),
  row(57, "S1", "04", "For reading: architectures, precision, fine-tuning"),

  row(58, "S0", "05", "The Network of the earlier course"),
  row(59, "S0", "05", "It gets backward() and train()"),
  row(60, "S0", "05", "It reads the digits 0 to 4 of MNIST"),
  row(61, "S0", "05", "More than 80% of digits it has never seen"),
  row(62, "S1", "05", "From guessing to 98% on 60,000 images"),

  row(63, "S4", "01", "Check: what do the colours mean?"),
  row(64, "S4", "03", "Check: the loss oscillates. What first?"),
  row(65, "S4", "01", "Why is a loss a single number?"),
  row(66, "S4", "03", "Why against the gradient?"),
  row(67, "S4", "03", "Why is the path curved?"),
  row(68, "S4", "03", "What do the kinds of batches share?"),
  row(69, "S4", "01", "The gradient of (wx + b − y)² at (1, 1)"),
  row(70, "S4", "01", "The derivative of a mean of squares by one prediction"),
  row(71, "S4", "03", "When does descent on ax² converge?"),
  row(72, "S4", "03", "Fit a line by gradient descent: w = 1.98567, b = 0.50074"),
  row(73, "S3", "04", "Five criteria to judge yourself by"),
  row(74, "S3", "02 04", "Three pitfalls"),
];
