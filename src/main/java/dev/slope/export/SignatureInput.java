package dev.slope.export;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A tensor of a signature that takes one value of each row.
 *
 * @param key its name in the signature, and that of the column
 * @param tensor its name in the graph
 * @param dtype of its values
 * @param isMatrix whether it is {@code [rows, 1]}, and not {@code [rows]}
 */
record SignatureInput(String key, String tensor, DataType dtype, boolean isMatrix) {
  private static final List<DataType> TYPES =
      List.of(
          DataType.DT_FLOAT,
          DataType.DT_DOUBLE,
          DataType.DT_INT32,
          DataType.DT_INT64,
          DataType.DT_BOOL,
          DataType.DT_STRING);

  /**
   * The input of a signature.
   *
   * @throws ModelException where it takes anything but one value of each row
   */
  static SignatureInput of(String key, TensorInfo tensor, Path directory) {
    TensorShapeProto shape = tensor.getTensorShape();
    boolean isVector = shape.getUnknownRank() || shape.getDimCount() == 1;
    boolean isMatrix = shape.getDimCount() == 2 && shape.getDim(1).getSize() == 1;
    boolean isAnyNumber = shape.getDimCount() == 0 || shape.getDim(0).getSize() == -1;
    if (!TYPES.contains(tensor.getDtype()) || !(isVector || isMatrix) || !isAnyNumber) {
      throw new ModelException(
          "%s takes '%s' as %s, but predict gives a signature one value of each row, [-1] or [-1, 1], for each column; name another with --signature"
              .formatted(directory, key, SavedModelDescription.text(tensor)));
    }
    return new SignatureInput(key, tensor.getName(), tensor.getDtype(), isMatrix);
  }

  /** How the column is read: numbers that float32 may not have come as their texts. */
  CodedColumn coding() {
    return new CodedColumn(
        key,
        switch (dtype) {
          case DT_FLOAT -> CellCoding.OPTIONAL_NUMBER;
          case DT_BOOL -> CellCoding.TRUTH;
          default -> CellCoding.TEXT;
        });
  }

  /** Of the tensor for so many rows. */
  Shape shape(int rows) {
    return isMatrix ? Shape.of(rows, 1) : Shape.of(rows);
  }
}
