// TensorFlow.js in the benchmark, with its WebAssembly backend, SIMD and threads, under Node.
// Arguments: the folder of node_modules, a folder for temporary files, the number of threads.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [folder, scratch, threads] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));

// Its threads are written for browsers: a script is put into a Blob and started by its address. Node starts files.
const prelude = "var require$$0=require('fs'),require$$1=require('path'),require$$3=require('perf_hooks')," +
  "require$$4=require('os'),commonjsGlobal=globalThis;";
const main = join(scratch, "tensorflow_main.cjs");
const WebBlob = globalThis.Blob;
globalThis.Blob = class extends WebBlob {
  constructor(parts, options) {
    super(parts, options);
    this.text0 = String(parts[0]);
    if (this.text0.startsWith("var WasmBackendModuleThreadedSimd")) writeFileSync(main, prelude + this.text0);
  }
};
let workers = 0;
URL.createObjectURL = (blob) => {
  const file = join(scratch, `tensorflow_worker_${workers++}.cjs`);
  writeFileSync(file, `URL.createObjectURL=()=>${JSON.stringify(main)};${blob.text0}`);
  return file;
};

const tf = require("@tensorflow/tfjs");
const wasm = require("@tensorflow/tfjs-backend-wasm");
wasm.setWasmPaths(join(folder, "node_modules/@tensorflow/tfjs-backend-wasm/dist/"));
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", Number(threads) > 1);
wasm.setThreadsCount(Number(threads));
await tf.setBackend("wasm");
await tf.ready();

const prepared = new Map();

function prepare(request) {
  const key = JSON.stringify({ ...request, steps: 0 });
  if (prepared.has(key)) return prepared.get(key);
  const { sizes, examples, loss, optimizer } = request;
  const layers = sizes.slice(1).map((outputs, i) => ({
    w: tf.variable(tf.randomNormal([sizes[i], outputs], 0, Math.sqrt(2 / sizes[i]))),
    b: tf.variable(tf.zeros([outputs])),
  }));
  const outputs = sizes.at(-1);
  const made = {
    optimizer: optimizer === "adam" ? tf.train.adam(0.001) : tf.train.sgd(0.01),
    x: tf.randomUniform([examples, sizes[0]]),
    y: loss === "mse"
      ? tf.randomUniform([examples, outputs])
      : tf.randomUniform([examples], 0, outputs, "int32"),
    loss(x, y) {
      let a = x;
      layers.forEach(({ w, b }, i) => {
        const z = tf.add(tf.matMul(a, w), b);
        a = i === layers.length - 1 ? z : tf.relu(z);
      });
      if (loss === "mse") return tf.losses.meanSquaredError(y, a);
      return tf.losses.softmaxCrossEntropy(tf.oneHot(y, outputs).toFloat(), a);
    },
  };
  prepared.set(key, made);
  return made;
}

function train(request) {
  const { optimizer, x, y, loss } = prepare(request);
  const begin = performance.now();
  for (let step = 0; step < request.steps;) {
    const order = tf.util.createShuffledIndices(x.shape[0]);
    for (let start = 0; start < order.length && step < request.steps; start += request.batch, step++) {
      tf.tidy(() => {
        const rows = tf.tensor1d(Int32Array.from(order.slice(start, start + request.batch)), "int32");
        const [images, labels] = [tf.gather(x, rows), tf.gather(y, rows)];
        optimizer.minimize(() => loss(images, labels));
      });
    }
  }
  return (performance.now() - begin) / 1000;
}

function multiply({ size }) {
  const [a, b] = [tf.randomUniform([size, size]), tf.randomUniform([size, size])];
  tf.matMul(a, b).dataSync();
  const begin = performance.now();
  tf.matMul(a, b).dataSync();
  return (performance.now() - begin) / 1000;
}

const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");
say({ version: `${tf.version.tfjs}, ${wasm.getThreadsCount()} threads` });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  say({ seconds: request.task === "training" ? train(request) : multiply(request) });
}
process.exit(0);
