package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** How records and JSON are one another everywhere: snake_case, in order, absent where null. */
public final class Json {
  /** Made where it is first needed, as only reading needs it: that takes 30 ms. */
  private static final class Mapper {
    static final JsonMapper ONE =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
  }

  private Json() {}

  /** The one mapper. */
  public static JsonMapper mapper() {
    return Mapper.ONE;
  }

  /** A record, map or list as indented JSON text that ends in a line break. */
  public static String write(Object value) {
    return JsonText.of(value);
  }

  /**
   * The same text in UTF-8, as it comes up: for what is too large to stand in memory twice.
   *
   * @param out not closed
   * @throws IOException where it can't be written
   */
  public static void write(Object value, OutputStream out) throws IOException {
    JsonText.write(value, out);
  }
}
