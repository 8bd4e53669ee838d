package dev.slope.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a checked, complete tree.
 *
 * <p>By hand, because the tree and its types are here already, and a data binder that finds the
 * same out again takes a third of a second of every start.
 */
final class ConfigBinder {
  private ConfigBinder() {}

  /** The run that a tree without problems and with every default written out describes. */
  static RunConfig bind(ConfigNode tree, ConfigType.Structure type) {
    return (RunConfig) structure(tree, type);
  }

  /** The file source of a path alone, as a config that names nothing else would have it. */
  static DataSourceConfig.File file(String path) {
    ConfigNode.Structure tree = new ConfigNode.Structure(Place.line(1));
    tree.members().put("path", new ConfigNode.Text(tree.place(), path));
    ConfigType.Structure type = ConfigType.structure(DataSourceConfig.File.class);
    ConfigDefaults.writeOut(tree, type);
    return (DataSourceConfig.File) structure(tree, type);
  }

  /** A record of which no key is required, as a config that names none would have it. */
  static <T extends Record> T byDefault(Class<T> record) {
    ConfigNode.Structure tree = new ConfigNode.Structure(Place.line(1));
    ConfigType.Structure type = ConfigType.structure(record);
    ConfigDefaults.writeOut(tree, type);
    return record.cast(structure(tree, type));
  }

  private static Object value(ConfigNode node, ConfigType type) {
    if (type instanceof ConfigType.Structure structure) {
      return structure(node, structure);
    }
    if (type instanceof ConfigType.Choice choice) {
      String name = ConfigTree.text(node, "type").orElseThrow(() -> mismatch(node, type));
      return structure(node, choice.alternative(name));
    }
    if (type instanceof ConfigType.Dictionary dictionary) {
      Map<String, Object> values = new LinkedHashMap<>();
      ConfigTree.members(node)
          .forEach((key, member) -> values.put(key, value(member, dictionary.value())));
      return Collections.unmodifiableMap(values);
    }
    if (type instanceof ConfigType.Sequence sequence && node instanceof ConfigNode.Sequence list) {
      List<Object> values = new ArrayList<>();
      list.elements().forEach(element -> values.add(value(element, sequence.element())));
      return List.copyOf(values);
    }
    if (type instanceof ConfigType.Enumeration enumeration
        && node instanceof ConfigNode.Text text) {
      return enumeration.constant(text.value());
    }
    if (type instanceof ConfigType.Scalar scalar) {
      return scalar(node, scalar);
    }
    throw mismatch(node, type);
  }

  private static Object scalar(ConfigNode node, ConfigType.Scalar type) {
    if (type == ConfigType.Scalar.ANY) {
      return new JsonValue(ConfigWriter.compact(node));
    }
    if (node instanceof ConfigNode.Numeral numeral) {
      return switch (type) {
        case INTEGER -> Integer.valueOf(numeral.literal());
        case LONG -> Long.valueOf(numeral.literal());
        case NUMBER -> Double.valueOf(numeral.literal());
        case LITERAL -> numeral.literal();
        case TEXT, TRUTH, ANY -> throw mismatch(node, type);
      };
    }
    if (node instanceof ConfigNode.Text text && isText(type)) {
      return text.value();
    }
    if (node instanceof ConfigNode.Truth truth && type == ConfigType.Scalar.TRUTH) {
      return truth.value();
    }
    if (node instanceof ConfigNode.Truth truth && type == ConfigType.Scalar.LITERAL) {
      return Boolean.toString(truth.value());
    }
    throw mismatch(node, type);
  }

  private static boolean isText(ConfigType.Scalar type) {
    return type == ConfigType.Scalar.TEXT || type == ConfigType.Scalar.LITERAL;
  }

  private static Object structure(ConfigNode node, ConfigType.Structure type) {
    Map<String, ConfigNode> members = ConfigTree.members(node);
    RecordComponent[] components = type.record().getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    int i = 0;
    for (ConfigType.Field field : type.fields().values()) {
      ConfigNode member = members.get(field.key());
      arguments[i++] = member == null ? null : value(member, field.type());
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.record().getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError("a checked config must bind: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record has its canonical constructor", e);
    }
  }

  private static AssertionError mismatch(ConfigNode node, ConfigType type) {
    return new AssertionError("a checked value must be " + type.phrase() + ", but was " + node);
  }
}
