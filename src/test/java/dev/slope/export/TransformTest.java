package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.Json;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeature.Affine;
import dev.slope.features.RawColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static final RawColumn NUMBER = new RawColumn("x", RawColumn.Type.NUMBER);

  /** Every finite float32 and both zeros; NaN and infinity where they stand for nothing. */
  @Property
  void numbersReadBackToTheLastBit(
      @ForAll float offset, @ForAll float divisor, @ForAll float fill, @ForAll float low)
      throws IOException {
    FittedFeature feature =
        new FittedFeature.Numeric(
            "x",
            Scaling.LOG1P,
            fill,
            true,
            low,
            Float.POSITIVE_INFINITY,
            List.of(new Affine(offset, divisor == 0 ? 1 : divisor), new Affine(fill, 3)));

    assertThat(readBack(feature)).isEqualTo(feature);
  }

  @Property
  void boundariesReadBackToTheLastBit(@ForAll @Size(min = 1, max = 20) List<Float> boundaries)
      throws IOException {
    FittedFeature feature = new FittedFeature.Bucketized("x", boundaries, Float.NaN, false);

    assertThat(readBack(feature)).isEqualTo(feature);
  }

  private static FittedFeature readBack(FittedFeature feature) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Json.write(Transform.of(feature), json);
    return Json.mapper().readValue(json.toByteArray(), Transform.class).feature(NUMBER);
  }

  @Test
  void anUnknownTransformIsDamage() {
    Transform unknown = Json.mapper().readValue("{\"type\": \"wavelet\"}", Transform.class);

    assertThatThrownBy(() -> unknown.feature(NUMBER))
        .isInstanceOf(ModelException.class)
        .hasMessage("the transform of column 'x' in model.json is damaged; export the model again");
  }
}
