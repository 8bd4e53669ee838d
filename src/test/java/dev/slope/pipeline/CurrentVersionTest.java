package dev.slope.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPart;
import dev.slope.export.ModelException;
import dev.slope.export.ModelManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A version that another run exported while this one trained. */
class CurrentVersionTest {
  private static final FloatMatrix NOTHING =
      new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, 1)));
  private static final CurrentVersion CURRENT =
      new CurrentVersion(
          Path.of("models", "line", "3"),
          new ModelManifest(
              "line",
              "linear_regression",
              "identity",
              "",
              null,
              null,
              null,
              null,
              List.of(),
              List.of("x"),
              List.of(new ModelManifest.Column("x", "float32", "x", null)),
              null,
              null));

  @Test
  void itsColumnsMustHaveBeenRead() {
    String message =
        "models/line/3 appeared while this run trained, which did not read its columns; nothing was"
            + " exported, train again";

    assertThatThrownBy(() -> CURRENT.requireRead(rows(null)))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> CURRENT.requireRead(rows(read("z"))))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
    assertThatCode(() -> CURRENT.requireRead(rows(read("x")))).doesNotThrowAnyException();
  }

  private static CodedRows read(String column) {
    return new CodedRows(
        List.of(new CodedColumn(column, CellCoding.OPTIONAL_NUMBER)),
        new FloatMatrix(List.of(column), NOTHING.blocks()),
        Map.of());
  }

  private static RowsOfPart rows(@Nullable CodedRows read) {
    return new RowsOfPart(RowPart.TRAIN, read, NOTHING, NOTHING, null, null, null);
  }
}
