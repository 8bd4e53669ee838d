import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** DJL's TensorFlow engine: loads a SavedModel with a signature and predicts. */
public final class Predict {
  private Predict() {}

  /** Predicts the cases of the command line: MODEL SIGNATURE INPUTS FOLDER each. */
  public static void main(String[] words) throws Exception {
    for (int i = 0; i + 3 < words.length; i += 4) {
      predict(Path.of(words[i]), words[i + 1], Path.of(words[i + 2]), Path.of(words[i + 3]));
    }
    System.out.println(
        "DJL "
            + Engine.getDjlVersion()
            + ", TensorFlow "
            + Engine.getEngine("TensorFlow").getVersion());
  }

  private static void predict(Path path, String signature, Path rows, Path folder)
      throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optEngine("TensorFlow")
            .optModelPath(path)
            .optOption("SignatureDefKey", signature)
            .optTranslator(new NoopTranslator())
            .build();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor();
        NDManager manager = model.getNDManager().newSubManager()) {
      NDList outputs = predictor.predict(read(rows, manager));
      List<String> lines = new ArrayList<>();
      outputs.forEach(output -> write(output, lines));
      Files.write(folder.resolve("outputs.txt"), lines);
    }
  }

  /** Reads the file that tensors.py describes. */
  private static NDList read(Path path, NDManager manager) throws IOException {
    NDList tensors = new NDList();
    Iterator<String> lines = Files.readAllLines(path).iterator();
    while (lines.hasNext()) {
      String[] head = lines.next().split(" ");
      Shape shape = new Shape(Arrays.stream(head).skip(2).mapToLong(Long::parseLong).toArray());
      String[] values = new String[(int) shape.size()];
      Arrays.setAll(values, place -> lines.next());
      NDArray tensor = tensor(head[1], shape, values, manager);
      tensor.setName(head[0]);
      tensors.add(tensor);
    }
    return tensors;
  }

  private static NDArray tensor(String type, Shape shape, String[] values, NDManager manager) {
    switch (type) {
      case "float32":
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = values[i].equals("nan") ? Float.NaN : Float.parseFloat(values[i]);
        }
        return manager.create(floats, shape);
      case "int64":
        return manager.create(Arrays.stream(values).mapToLong(Long::parseLong).toArray(), shape);
      case "bool":
        boolean[] truths = new boolean[values.length];
        for (int i = 0; i < truths.length; i++) {
          truths[i] = !values[i].equals("0");
        }
        return manager.create(truths, shape);
      case "string":
        String[] texts =
            Arrays.stream(values)
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .toArray(String[]::new);
        return manager.create(texts, StandardCharsets.UTF_8, shape);
      default:
        throw new IllegalArgumentException("no type " + type);
    }
  }

  private static void write(NDArray tensor, List<String> lines) {
    StringBuilder head = new StringBuilder(tensor.getName()).append(' ');
    head.append(
        tensor.getDataType() == DataType.STRING ? "string" : tensor.getDataType().toString());
    for (long size : tensor.getShape().getShape()) {
      head.append(' ').append(size);
    }
    lines.add(head.toString());
    switch (tensor.getDataType()) {
      case FLOAT32:
        for (float value : tensor.toFloatArray()) {
          lines.add(Float.toString(value));
        }
        break;
      case INT64:
        for (long value : tensor.toLongArray()) {
          lines.add(Long.toString(value));
        }
        break;
      case STRING:
        for (String value : tensor.toStringArray(StandardCharsets.UTF_8)) {
          lines.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        break;
      default:
        throw new IllegalArgumentException("an output is of type " + tensor.getDataType());
    }
  }
}
