package dev.slope.config;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes records, maps and lists of them as indented JSON: snake_case keys in the records' order,
 * enum constants in lower case, no key where the value is null.
 *
 * <p>By hand on Jackson's generator, as its data binder takes a tenth of a second of every start to
 * learn what a record's components are.
 */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  /** What a record's components are; asking the class each time would cost more than writing. */
  private final Map<Class<?>, List<Component>> components = new HashMap<>();

  private final JsonGenerator json;

  private JsonText(JsonGenerator json) {
    this.json = json;
  }

  /** What writes to a generator, so that its text ends up indented. */
  interface Content {
    /** Writes one value. */
    void write(JsonGenerator json);
  }

  /** What a value is as JSON, ended by a line break. */
  static String of(Object value) {
    return of(generator -> new JsonText(generator).value(value));
  }

  /** What is written to a generator, indented and ended by a line break. */
  static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(new Indented(), text)) {
      content.write(generator);
    }
    return text.append('\n').toString();
  }

  /** Writes a value in UTF-8, ended by a line break. */
  static void write(Object value, OutputStream out) throws IOException {
    try (JsonGenerator generator = FACTORY.createGenerator(new Indented(), out)) {
      new JsonText(generator).value(value);
      generator.writeRaw('\n');
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Record object) {
      json.writeStartObject();
      for (Component component : components(object.getClass())) {
        member(component.key(), component.of(object));
      }
      json.writeEndObject();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach((key, member) -> member(key.toString(), member));
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      list.forEach(this::value);
      json.writeEndArray();
    } else {
      scalar(value);
    }
  }

  private void member(String key, @Nullable Object value) {
    if (value != null) {
      json.writeName(key);
      value(value);
    }
  }

  private void scalar(Object value) {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Enum<?> constant) {
      json.writeString(ConfigNames.value(constant));
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else {
      throw new AssertionError("no JSON of a " + value.getClass().getName());
    }
  }

  private List<Component> components(Class<?> type) {
    return components.computeIfAbsent(
        type, record -> Arrays.stream(record.getRecordComponents()).map(Component::of).toList());
  }

  /**
   * A component of a record.
   *
   * @param key as JSON has it
   * @param accessor reads it
   */
  private record Component(String key, Method accessor) {
    static Component of(RecordComponent component) {
      component.getAccessor().setAccessible(true);
      return new Component(ConfigNames.key(component), component.getAccessor());
    }

    @Nullable Object of(Record object) {
      try {
        return accessor.invoke(object);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record's accessors can be called", e);
      }
    }
  }

  /** Jackson's own indentation. */
  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter();
    }
  }
}
