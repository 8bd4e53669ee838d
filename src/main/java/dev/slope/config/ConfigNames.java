package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** How Java names become the config's: components snake_case, enum constants as annotated. */
final class ConfigNames {
  private ConfigNames() {}

  /** The JSON key of a record component. */
  static String key(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property != null ? property.value() : snakeCase(component.getName());
  }

  /** The JSON string of an enum constant. */
  static String value(Enum<?> constant) {
    try {
      JsonProperty property =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return property != null ? property.value() : constant.name().toLowerCase(Locale.ROOT);
    } catch (NoSuchFieldException e) {
      throw new AssertionError("an enum constant is a field of its enum", e);
    }
  }

  /** The {@code type} of one alternative of a choice. */
  static String typeName(Class<?> choice, Class<?> alternative) {
    for (JsonSubTypes.Type type : choice.getAnnotation(JsonSubTypes.class).value()) {
      if (type.value() == alternative) {
        return type.name();
      }
    }
    throw new AssertionError(alternative.getName() + " has no type name");
  }

  /** The {@code type}s of a choice. */
  static Set<String> typeNames(Class<?> choice) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonSubTypes.Type type : choice.getAnnotation(JsonSubTypes.class).value()) {
      names.add(type.name());
    }
    return names;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
