import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** TensorFlow for Java: loads a SavedModel and calls a signature. */
public final class Predict {
  private Predict() {}

  /** Predicts the cases of the command line: MODEL SIGNATURE INPUTS FOLDER each. */
  public static void main(String[] words) throws IOException {
    for (int i = 0; i + 3 < words.length; i += 4) {
      predict(words[i], words[i + 1], Path.of(words[i + 2]), Path.of(words[i + 3]));
    }
    System.out.println("TensorFlow " + TensorFlow.version());
  }

  private static void predict(String model, String signature, Path rows, Path folder)
      throws IOException {
    Map<String, Tensor> inputs = read(rows);
    try (SavedModelBundle bundle = SavedModelBundle.load(model, "serve")) {
      SessionFunction function = bundle.function(signature);
      try (Result outputs = function.call(inputs)) {
        List<String> lines = new ArrayList<>();
        outputs.forEach(output -> write(output.getKey(), output.getValue(), lines));
        Files.write(folder.resolve("outputs.txt"), lines);
      }
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  /** Reads the file that tensors.py describes. */
  private static Map<String, Tensor> read(Path path) throws IOException {
    Map<String, Tensor> tensors = new HashMap<>();
    Iterator<String> lines = Files.readAllLines(path).iterator();
    while (lines.hasNext()) {
      String[] head = lines.next().split(" ");
      Shape shape = Shape.of(Arrays.stream(head).skip(2).mapToLong(Long::parseLong).toArray());
      String[] values = new String[(int) shape.size()];
      Arrays.setAll(values, place -> lines.next());
      tensors.put(head[0], tensor(head[1], shape, values));
    }
    return tensors;
  }

  private static Tensor tensor(String type, Shape shape, String[] values) {
    switch (type) {
      case "float32":
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = values[i].equals("nan") ? Float.NaN : Float.parseFloat(values[i]);
        }
        return TFloat32.tensorOf(shape, DataBuffers.of(floats));
      case "int64":
        long[] integers = Arrays.stream(values).mapToLong(Long::parseLong).toArray();
        return TInt64.tensorOf(shape, DataBuffers.of(integers));
      case "bool":
        boolean[] truths = new boolean[values.length];
        for (int i = 0; i < truths.length; i++) {
          truths[i] = !values[i].equals("0");
        }
        return TBool.tensorOf(shape, DataBuffers.of(truths));
      case "string":
        String[] texts = Arrays.stream(values).map(Predict::decoded).toArray(String[]::new);
        return TString.tensorOf(NdArrays.wrap(shape, DataBuffers.ofObjects(texts)));
      default:
        throw new IllegalArgumentException("no type " + type);
    }
  }

  private static void write(String name, Tensor tensor, List<String> lines) {
    String shape =
        Arrays.stream(tensor.shape().asArray())
            .mapToObj(size -> " " + size)
            .collect(Collectors.joining());
    if (tensor instanceof TFloat32 floats) {
      lines.add(name + " float32" + shape);
      floats.scalars().forEach(value -> lines.add(Float.toString(value.getFloat())));
    } else if (tensor instanceof TInt64 integers) {
      lines.add(name + " int64" + shape);
      integers.scalars().forEach(value -> lines.add(Long.toString(value.getLong())));
    } else if (tensor instanceof TString texts) {
      lines.add(name + " string" + shape);
      texts.scalars().forEach(value -> lines.add(encoded(value.getObject())));
    } else {
      throw new IllegalArgumentException("an output is of type " + tensor.dataType());
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
