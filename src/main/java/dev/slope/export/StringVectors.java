package dev.slope.export;

import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.TensorMemory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.Tensor;
import org.tensorflow.internal.c_api.TF_TString;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TString;

/**
 * Vectors of strings, at two calls of TensorFlow's library a string: {@code TString} makes and
 * frees several objects for each, which takes ten times as long.
 */
final class StringVectors {
  private StringVectors() {}

  /** A vector of strings, which the caller closes. */
  static TString of(byte[][] strings) {
    TensorFlowRuntime.load();
    long size = (long) strings.length * Loader.sizeof(TF_TString.class);
    return Tensor.of(
        TString.class, Shape.of(strings.length), size, tensor -> copy(strings, tensor));
  }

  private static void copy(byte[][] strings, TString tensor) {
    try (BytePointer source = new BytePointer(longest(strings));
        TF_TString target = new TF_TString(new BytePointer(TensorMemory.of(tensor)))) {
      for (int i = 0; i < strings.length; i++) {
        source.put(strings[i], 0, strings[i].length);
        target.position(i);
        tensorflow.TF_TString_Init(target);
        tensorflow.TF_TString_Copy(target, source, strings[i].length);
      }
    }
  }

  /** At least 1. */
  private static long longest(byte[][] strings) {
    int longest = 1;
    for (byte[] string : strings) {
      longest = Math.max(longest, string.length);
    }
    return longest;
  }
}
