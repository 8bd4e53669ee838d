package dev.slope.export;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A tensor of a signature that answers with some values for each row.
 *
 * @param key its name in the signature
 * @param tensor its name in the graph
 * @param values how many for each row
 * @param isVector whether it is {@code [rows]}, so that its one value has no number
 */
record SignatureOutput(String key, String tensor, int values, boolean isVector) {

  /**
   * The output of a signature.
   *
   * @throws ModelException where it isn't a fixed number of values for each row
   */
  static SignatureOutput of(String key, TensorInfo tensor, Path directory) {
    TensorShapeProto shape = tensor.getTensorShape();
    boolean isVector = shape.getUnknownRank() || shape.getDimCount() == 1;
    boolean isMatrix = shape.getDimCount() == 2 && shape.getDim(1).getSize() > 0;
    if (!isVector && !isMatrix) {
      throw new ModelException(
          "%s answers '%s' as %s, but predict writes a fixed number of values for each row, [-1] or [-1, n]; name another with --signature"
              .formatted(directory, key, SavedModelDescription.text(tensor)));
    }
    int values = isMatrix ? Math.toIntExact(shape.getDim(1).getSize()) : 1;
    return new SignatureOutput(key, tensor.getName(), values, isVector);
  }

  /** Of the columns that are written. */
  List<String> names() {
    return values == 1
        ? List.of(key)
        : IntStream.range(0, values).mapToObj(place -> key + "_" + place).toList();
  }

  /**
   * Adds a column of texts for each value of a row.
   *
   * @throws ModelException where the answer is not of so many rows
   */
  void addTexts(TType answer, int rows, List<String[]> columns) {
    if (answer.shape().size() != (long) rows * values) {
      throw new ModelException(
          "'%s' must answer %d rows with %d values each, but is %s"
              .formatted(key, rows, values, answer.shape()));
    }
    LongFunction<String> texts = texts(answer);
    List<String[]> added = new ArrayList<>();
    for (int value = 0; value < values; value++) {
      added.add(new String[rows]);
    }
    for (int row = 0; row < rows; row++) {
      for (int value = 0; value < values; value++) {
        added.get(value)[row] = texts.apply((long) row * values + value);
      }
    }
    columns.addAll(added);
  }

  /** The text of each value, in the order of the rows. */
  private static LongFunction<String> texts(TType answer) {
    if (answer instanceof TFloat32 numbers) {
      var flat = numbers.streamOfObjects().toList();
      return place -> Float.isFinite(flat.get((int) place)) ? flat.get((int) place).toString() : "";
    }
    if (answer instanceof TFloat64 numbers) {
      var flat = numbers.streamOfObjects().toList();
      return place ->
          Double.isFinite(flat.get((int) place)) ? flat.get((int) place).toString() : "";
    }
    if (answer instanceof TString strings) {
      var flat = strings.asBytes().streamOfObjects().toList();
      return place -> new String(flat.get((int) place), StandardCharsets.UTF_8);
    }
    if (answer instanceof TInt64 || answer instanceof TInt32 || answer instanceof TBool) {
      var flat = ((NdArray<?>) answer).streamOfObjects().toList();
      return place -> flat.get((int) place).toString();
    }
    throw new ModelException("an answer of the type " + answer.dataType() + " can't be written");
  }
}
