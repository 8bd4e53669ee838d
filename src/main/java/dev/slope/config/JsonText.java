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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;

/**
 * Writes records, maps, lists of them and what was read as a tree, or is JSON, as indented JSON:
 * snake_case keys in the records' order, enum constants in lower case, no key where the value is
 * null. A record of single values in a list takes one line of its own: a model may have a million
 * coefficients.
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

  private static final Set<Class<?>> LEAVES =
      Set.of(String.class, Boolean.class, Double.class, Float.class, Integer.class, Long.class);

  /** What a record's components are; asking the class each time would cost more than writing. */
  private final Map<Class<?>, Components> components = new HashMap<>();

  private final JsonGenerator json;
  private final Lines lines;

  private double lastNumber = 0;
  private String lastText = "0.0";

  private JsonText(JsonGenerator json, Lines lines) {
    this.json = json;
    this.lines = lines;
  }

  /** What writes to a generator, so that its text ends up indented. */
  interface Content {
    /** Writes one value. */
    void write(JsonGenerator json);
  }

  /** What a value is as JSON, ended by a line break. */
  static String of(Object value) {
    StringWriter text = new StringWriter();
    Lines lines = new Lines();
    try (JsonGenerator generator = FACTORY.createGenerator(new Indented(lines), text)) {
      new JsonText(generator, lines).value(value);
    }
    return text.append('\n').toString();
  }

  /** What is written to a generator, indented and ended by a line break. */
  static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(new Indented(new Lines()), text)) {
      content.write(generator);
    }
    return text.append('\n').toString();
  }

  /** What is written to a generator, on one line without a line break. */
  static String compact(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      content.write(generator);
    }
    return text.toString();
  }

  /** Writes a value in UTF-8, ended by a line break. */
  static void write(Object value, OutputStream out) throws IOException {
    Lines lines = new Lines();
    try (JsonGenerator generator = FACTORY.createGenerator(new Indented(lines), out)) {
      new JsonText(generator, lines).value(value);
      generator.writeRaw('\n');
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof JsonValue json) {
      this.json.writeRawValue(json.json());
    } else if (value instanceof Record object) {
      json.writeStartObject();
      for (Component component : components(object).all()) {
        member(component.key(), component.of(object));
      }
      json.writeEndObject();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach((key, member) -> member(new SerializedString(key.toString()), member));
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof JsonNode node) {
      node(node);
    } else {
      scalar(value);
    }
  }

  /** Writes what was read from a file, its nulls included. */
  private void node(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        json.writeStartObject();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          json.writeName(member.getKey());
          node(member.getValue());
        }
        json.writeEndObject();
      }
      case ARRAY -> {
        json.writeStartArray();
        node.values().forEach(this::node);
        json.writeEndArray();
      }
      case STRING -> json.writeString(node.stringValue());
      case BOOLEAN -> json.writeBoolean(node.booleanValue());
      case NULL -> json.writeNull();
      default -> json.writeNumber(node.asString());
    }
  }

  private void array(List<?> list) {
    boolean rows = !list.isEmpty() && isOfSingleValues(list.get(0));
    lines.ofElements(rows);
    json.writeStartArray();
    for (Object element : list) {
      if (isOfSingleValues(element)) {
        onOneLine((Record) element);
      } else {
        value(element);
        // It may have had arrays itself.
        lines.ofElements(rows);
      }
    }
    json.writeEndArray();
    lines.ofElements(false);
  }

  /** Whether something is a record that has nothing with parts of its own. */
  private boolean isOfSingleValues(@Nullable Object value) {
    if (!(value instanceof Record object)) {
      return false;
    }
    for (Component component : components(object).composed()) {
      if (component.of(object) != null) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes a record of single values. Apart from {@link #value}, which calls itself: the compiler
   * takes half a second to inline that into itself once a million coefficients make it busy.
   */
  private void onOneLine(Record object) {
    lines.ofMembers(false);
    json.writeStartObject();
    for (Component component : components(object).all()) {
      Object single = component.of(object);
      if (single != null) {
        json.writeName(component.key());
        scalar(single);
      }
    }
    json.writeEndObject();
    lines.ofMembers(true);
  }

  private void member(SerializableString key, @Nullable Object value) {
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
      number(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else {
      throw new AssertionError("no JSON of a " + value.getClass().getName());
    }
  }

  /** Formats a number once that follows itself, as a coefficient that no scale changes does. */
  private void number(double number) {
    if (!Double.isFinite(number)) {
      json.writeNumber(number);
      return;
    }
    if (Double.doubleToRawLongBits(number) != Double.doubleToRawLongBits(lastNumber)) {
      lastNumber = number;
      lastText = NumberOutput.toString(number, true);
    }
    json.writeNumber(lastText);
  }

  private Components components(Record object) {
    return components.computeIfAbsent(object.getClass(), Components::of);
  }

  /**
   * What a record has.
   *
   * @param all in order
   * @param composed those that may have parts of their own
   */
  private record Components(List<Component> all, List<Component> composed) {
    static Components of(Class<?> type) {
      List<Component> all = Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
      return new Components(all, all.stream().filter(component -> !component.isSingle()).toList());
    }
  }

  /**
   * A component of a record.
   *
   * @param key as JSON has it; encoded once for all records
   * @param accessor reads it
   * @param isSingle whether it is neither a record nor several values
   */
  private record Component(SerializableString key, Method accessor, boolean isSingle) {
    static Component of(RecordComponent component) {
      component.getAccessor().setAccessible(true);
      Class<?> type = component.getType();
      return new Component(
          new SerializedString(ConfigNames.key(component)),
          component.getAccessor(),
          type.isPrimitive() || type.isEnum() || LEAVES.contains(type));
    }

    @Nullable Object of(Record object) {
      try {
        return accessor.invoke(object);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record's accessors can be called", e);
      }
    }
  }

  private static final class Indented extends ObjectWriteContext.Base {
    private final Lines lines;

    Indented(Lines lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return lines;
    }
  }

  /** Jackson's own indentation, but for objects on one line, and arrays of those. */
  private static final class Lines extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;

    private final Indenter indented = _objectIndenter;

    /** Whether each member of an object has a line of its own. */
    void ofMembers(boolean own) {
      _objectIndenter = own ? indented : FixedSpaceIndenter.instance();
    }

    /** Whether each element of an array has a line of its own. */
    void ofElements(boolean own) {
      _arrayIndenter = own ? indented : FixedSpaceIndenter.instance();
    }
  }
}
