// TensorFlow.js on its CPU backend, with the graph models that python/tfjs_converter.py made.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
require("@tensorflow/tfjs-backend-cpu");
const tf = require("@tensorflow/tfjs-core");
const { loadGraphModel } = require("@tensorflow/tfjs-converter");

const READ = { float32: Number, int64: Number, bool: (text) => text !== "0" };
const TYPES = { float32: "float32", int64: "int32", bool: "bool" };

function readTensors(file) {
  const lines = fs.readFileSync(file, "ascii").trimEnd().split("\n");
  const tensors = {};
  for (let at = 0; at < lines.length; ) {
    const [name, type, ...dimensions] = lines[at++].split(" ");
    const shape = dimensions.map(Number);
    const size = shape.reduce((product, dimension) => product * dimension, 1);
    tensors[name] = tf.tensor(lines.slice(at, at + size).map(READ[type]), shape, TYPES[type]);
    at += size;
  }
  return tensors;
}

function writeTensors(file, tensors) {
  const lines = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const type = tensor.dtype === "int32" ? "int64" : tensor.dtype;
    lines.push([name, type, ...tensor.shape].join(" "), ...tensor.dataSync());
  }
  fs.writeFileSync(file, lines.join("\n") + "\n");
}

// A graph model as loadGraphModel takes it, from the files that the converter writes.
function artifacts(folder) {
  const { weightsManifest, ...model } = JSON.parse(fs.readFileSync(path.join(folder, "model.json")));
  const names = weightsManifest.flatMap((group) => group.paths);
  const shards = names.map((name) => fs.readFileSync(path.join(folder, name)));
  const weights = Uint8Array.from(Buffer.concat(shards)).buffer;
  return { ...model, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData: weights };
}

// The outputs by name. The converter calls them Identity, Identity_1 and so on in the order of their sorted names, but
// lists them in no order, by which GraphModel.predict would give three outputs each other's names.
function predict(model, inputs) {
  const number = (node) => Number(/_(\d+):/.exec(node)?.[1] ?? 0);
  const nodes = Object.values(model.modelSignature.outputs)
    .map((output) => output.name)
    .sort((one, other) => number(one) - number(other));
  const outputs = [model.execute(inputs, nodes)].flat();
  return Object.fromEntries(model.metadata.structuredOutputKeys.map((name, place) => [name, outputs[place]]));
}

async function main(words) {
  for (let at = 0; at < words.length; at += 4) {
    const [, , inputs, folder] = words.slice(at, at + 4);
    const model = await loadGraphModel({ load: async () => artifacts(path.join(folder, "tfjs")) });
    writeTensors(path.join(folder, "outputs.txt"), predict(model, readTensors(inputs)));
  }
  console.log(`TensorFlow.js ${require("@tensorflow/tfjs-core/package.json").version}`);
}

main(process.argv.slice(2));
