/** The doctor's instruments: what can be measured of a model and its data after a run, leaving both as they were. */

import {
  countRows,
  type Dataset,
  type Examples,
  examplesOf,
  takeRows,
  type Targets,
} from "../../data/dataset.ts";
import { noGrad } from "../../tensor/record.ts";
import { Rng } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { checkedLoss, defaultMeasures } from "../evaluate.ts";
import type { Loss } from "../fit_options.ts";
import { type ActivationRow, measureActivations } from "../measures.ts";
import { hasOnlyFiniteNumbers, namesOf, predicting, setTraining, type TrainableModel } from "../model.ts";
import { keep } from "../snapshot.ts";
import { classShares, constantLoss, type Neighbours, neighbours, spread } from "./benchmarks.ts";
import { mean, median, norm, variance } from "./averages.ts";
import { Course } from "./course.ts";
import type { DoctorOptions, RunRecord } from "./findings.ts";
import { attempt, once } from "./once.ts";

/** The number of examples that tells enough about a model; more would only take longer. */
const EXAMPLES = 256;
/** The number of batches that tells how large a batch's gradient is. */
const BATCHES = 8;
/** Step lengths that are tried, in multiples of the run's own. */
const MULTIPLES = [0.1, 1, 10, 100, 1000];

/** The gradient of the loss on some examples, at the weights that the run ended with. */
export interface Gradient {
  /** ‖∂L/∂θ‖. */
  readonly norm: number;
  /** ‖∂L/∂w‖ of each parameter that requires a gradient, by name. */
  readonly of: ReadonlyMap<string, number>;
  /** ∂L/∂w of each, by name. */
  readonly vectors: ReadonlyMap<string, ArrayLike<number>>;
}

/** One patient: a run, its model, and perhaps the data. Every measurement is made when first asked for. */
export class Exam {
  readonly course: Course;
  /** What fit was given, with the data as examples. */
  readonly data: Examples | undefined;
  /** Some of the data, evenly spread, or all if they are few. */
  readonly sample: Examples | undefined;
  readonly loss: Loss<Targets> | undefined;

  /** Takes what there is. */
  constructor(record: RunRecord, readonly model: TrainableModel, readonly options: DoctorOptions) {
    this.course = new Course(record);
    if (options.data) countRows(options.data, "doctor");
    this.data = options.data && examplesOf(options.data as Dataset) as Examples;
    const { data } = this;
    this.sample = data && takeRows(data, spread(data.inputs.shape[0], EXAMPLES)) as Examples;
    const loss: Loss<Targets> | undefined = options.loss ?? (data && defaultMeasures(data.targets).loss);
    this.loss = loss && checkedLoss("doctor", loss);
  }

  /** The weights: parameters with two axes, in order. Biases and the like are left out. */
  readonly weights = once((): (readonly [string, Tensor])[] =>
    namesOf(this.model).filter(([, { shape }]) => shape.length === 2)
  );

  /** The model's outputs for the sample, in prediction mode; `undefined` without data or with broken weights. */
  readonly outputs = once((): Tensor | undefined => {
    const { model, sample } = this;
    if (sample === undefined || !hasOnlyFiniteNumbers(model)) return undefined;
    const out = predicting(model, () => model.forward(sample.inputs)).detach();
    return out.data.every(Number.isFinite) ? out : undefined;
  });

  /** The loss on the sample now, in prediction mode. */
  readonly lossNow = once((): number | undefined => this.lossOf(this.outputs()));

  /** The loss of the best constant answer. */
  readonly constant = once((): number | undefined => {
    const [outputs, { sample, loss }] = [this.outputs(), this];
    return outputs && sample && loss && constantLoss(loss, outputs, sample.targets);
  });

  /** What the nearest neighbours would answer. */
  readonly neighbours = once((): Neighbours | undefined => {
    const { sample } = this;
    if (!sample || !sample.inputs.data.every(Number.isFinite)) return undefined;
    return neighbours({ inputs: sample.inputs, targets: this.classes()?.targets ?? sample.targets });
  });

  /** Whether outputs and targets are numbers of the same kind: then the loss is 0 where they are equal. */
  readonly isRegression = once((): boolean => {
    const [outputs, { loss, sample }] = [this.outputs(), this];
    if (!outputs || !loss || !(sample?.targets instanceof Tensor)) return false;
    const { targets } = sample;
    if (targets.size !== outputs.size || targets.dtype !== outputs.dtype) return false;
    const equal = attempt(() => noGrad(() => loss(targets.reshape(outputs.shape), targets)).item());
    return equal !== undefined && Math.abs(equal) <= 1e-9 * (this.constant() ?? 1);
  });

  /** For classes, also for a single yes or no: answers of the model, labels, the share of each class, and of right answers. */
  readonly classes = once(() => {
    const [outputs, targets] = [this.outputs(), this.sample?.targets];
    if (!outputs || !targets || outputs.shape.length !== 2) return undefined;
    const yesOrNo = targets instanceof Tensor;
    if (
      yesOrNo &&
      (outputs.shape[1] !== 1 || this.isRegression() || !targets.data.every((y) => y === 0 || y === 1))
    ) {
      return undefined;
    }
    const labels = yesOrNo ? Uint8Array.from(targets.data) : targets;
    const threshold = outputs.data.every((p) => p >= 0 && p <= 1) ? 0.5 : 0; // a probability, or a logit
    const answers = yesOrNo ? Array.from(outputs.data, (out) => Number(out > threshold)) : outputs.argmax();
    const right = answers.filter((answer, i) => answer === labels[i]).length;
    const shares = classShares(labels, yesOrNo ? 2 : outputs.shape[1]);
    return { answers, targets: labels, shares, accuracy: right / labels.length };
  });

  /** Mean squared error and variance of the targets, where outputs are numbers like them, one an example. */
  readonly squares = once(() => {
    const [outputs, targets] = [this.outputs(), this.sample?.targets];
    if (!outputs || !(targets instanceof Tensor) || !this.isRegression()) return undefined;
    if (targets.size !== targets.shape[0]) return undefined; // the neighbours know one number an example
    const errors = Float64Array.from(outputs.data, (output, i) => output - targets.data[i]);
    return { error: mean(errors.map((e) => e * e)), variance: variance(targets.data) };
  });

  /** What comes out of every layer for the sample, if the model is a chain of layers. */
  readonly activations = once((): readonly ActivationRow[] => {
    if (this.outputs() === undefined) return [];
    return measureActivations(this.model, this.sample!.inputs).activations ?? [];
  });

  /** The gradient on the whole sample. */
  readonly gradient = once((): Gradient | undefined => this.sample && this.gradientOn(this.sample));

  /** Gradient norms at the final weights of some batches as large as those of the run, drawn at random. */
  readonly batchNorms = once((): number[] => {
    const { data, course } = this;
    if (data === undefined) return [];
    const size = Math.ceil(data.inputs.shape[0] / course.stepsPerEpoch);
    const rng = new Rng(0); // of its own: nobody else's numbers are used up
    return Array.from({ length: course.stepsPerEpoch === 1 ? 1 : BATCHES }, () => {
      const rows = rng.permutation(data.inputs.shape[0]).slice(0, size);
      return this.gradientOn(takeRows(data, rows) as Examples)?.norm;
    }).filter((value) => value !== undefined);
  });

  /**
   * How much of an error signal arrives at each parameter: gradients of Σ r·output with random signs r, one signal after
   * the other from the same outputs. Unlike the gradient of the loss it does not fade as the loss gets small.
   */
  readonly signal = once((): Gradient | undefined => {
    const outputs = this.outputs();
    if (!outputs) return undefined;
    const signs = new Rng(0).randn(outputs.shape, { dtype: outputs.dtype });
    return this.withGradients(() => this.model.forward(this.sample!.inputs).backward(signs));
  });

  /** How far the last steps went: the median of ‖Δθ‖. */
  readonly stepLength = once((): number | undefined => {
    const { updateRatios, gradientNorms, learningRate } = this.course;
    if (updateRatios.length > 0) {
      return median(Course.late(updateRatios)) * norm(namesOf(this.model).flatMap(([, w]) => [...w.data]));
    }
    if (gradientNorms.length === 0 || learningRate === undefined) return undefined;
    return learningRate * median(Course.late(gradientNorms)); // true for plain gradient descent
  });

  /**
   * The loss after one step downhill from where the run ended, straight against the gradient, for steps as long as the
   * last ones of the run and for shorter and longer ones. Multiple 0 is no step.
   */
  readonly stepsDownhill = once((): readonly { multiple: number; loss: number }[] => {
    const [now, gradient, length] = [this.lossNow(), this.gradient(), this.stepLength()];
    if (now === undefined || !gradient || !length || !(gradient.norm > 0)) return [];
    const putBack = keep(this.model);
    try {
      const moves = namesOf(this.model).flatMap(([name, w]) => {
        const g = gradient.vectors.get(name);
        return g ? [{ w, start: w.data.slice(), g }] : [];
      });
      const tried = MULTIPLES.map((multiple) => {
        const rate = multiple * length / gradient.norm;
        for (const { w, start, g } of moves) {
          for (let i = 0; i < g.length; i++) w.data[i] = start[i] - rate * g[i];
        }
        const out = predicting(this.model, () => this.model.forward(this.sample!.inputs)).detach();
        return { multiple, loss: this.lossOf(out) ?? Infinity };
      });
      return [{ multiple: 0, loss: now }, ...tried];
    } finally {
      putBack();
    }
  });

  /** The loss after a step of a multiple of the run's length, `undefined` if it could not be measured. */
  downhill(multiple: number): number | undefined {
    return this.stepsDownhill().find((step) => step.multiple === multiple)?.loss;
  }

  private lossOf(outputs: Tensor | undefined): number | undefined {
    const { loss, sample } = this;
    if (!outputs || !loss || !sample) return undefined;
    try {
      return noGrad(() => loss(outputs, sample.targets)).item();
    } catch (cause) {
      throw new TypeError(
        "doctor: the loss cannot be measured on the data. Pass the data and the loss that fit was given; left out, the " +
          `loss is the cross-entropy. It says: ${(cause as Error).message}`,
        { cause },
      );
    }
  }

  private gradientOn({ inputs, targets }: Examples): Gradient | undefined {
    const { loss } = this;
    if (this.outputs() === undefined || loss === undefined) return undefined;
    return this.withGradients(() => loss(this.model.forward(inputs), targets).backward());
  }

  /** The gradients that `backward` leaves in the parameters; in prediction mode, so that nothing is dropped. */
  private withGradients(backward: () => void): Gradient {
    const putBack = keep(this.model);
    try {
      setTraining(this.model, false);
      for (const parameter of this.model.parameters()) parameter.grad = undefined;
      backward();
      const trained = namesOf(this.model).filter(([, w]) => w.requiresGrad);
      const vectors = new Map(
        trained.map(([name, w]) => [name, w.grad?.data.slice() ?? new Float64Array(w.size)]),
      );
      const of = new Map([...vectors].map(([name, g]) => [name, norm(g)]));
      return { norm: norm([...of.values()]), of, vectors };
    } finally {
      putBack();
    }
  }
}
