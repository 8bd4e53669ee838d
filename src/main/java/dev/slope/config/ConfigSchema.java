package dev.slope.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of a config, generated from the same reading of the records as
 * the checks are, shorthands and defaults included.
 */
public final class ConfigSchema {
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final ObjectNode definitions = nodes.objectNode();

  private ConfigSchema() {}

  /** The schema as JSON text. */
  public static String json() {
    ConfigSchema schema = new ConfigSchema();
    ObjectNode root = schema.nodes.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Slope run");
    root.setAll(schema.object(ConfigType.run(), null, false));
    root.set("$defs", schema.definitions);
    return Json.mapper().writeValueAsString(root) + "\n";
  }

  private ObjectNode of(ConfigType type) {
    if (type instanceof ConfigType.Structure structure) {
      return reference(structure.name(), structure, null, false);
    }
    if (type instanceof ConfigType.Choice choice) {
      return choice(choice);
    }
    if (type instanceof ConfigType.Dictionary dictionary) {
      ObjectNode schema = nodes.objectNode().put("type", "object");
      schema.set("additionalProperties", of(dictionary.value()));
      return schema;
    }
    if (type instanceof ConfigType.Sequence sequence) {
      ObjectNode list = nodes.objectNode().put("type", "array");
      list.set("items", of(sequence.element()));
      if (!sequence.hasBareElement()) {
        return list;
      }
      return anyOf(of(sequence.element()), list);
    }
    if (type instanceof ConfigType.Enumeration enumeration) {
      return names(enumeration.constants().keySet());
    }
    if (type instanceof ConfigType.Scalar scalar) {
      return switch (scalar) {
        case INTEGER ->
            nodes
                .objectNode()
                .put("type", "integer")
                .put("minimum", Integer.MIN_VALUE)
                .put("maximum", Integer.MAX_VALUE);
        case LONG -> nodes.objectNode().put("type", "integer");
        case NUMBER -> nodes.objectNode().put("type", "number");
        case TEXT -> nodes.objectNode().put("type", "string");
        case LITERAL -> {
          ArrayNode types = nodes.arrayNode().add("string").add("number").add("boolean");
          ObjectNode literal = nodes.objectNode();
          literal.set("type", types);
          yield literal;
        }
        case TRUTH -> nodes.objectNode().put("type", "boolean");
        case ANY -> nodes.objectNode();
      };
    }
    throw new AssertionError("no schema for " + type);
  }

  private ObjectNode choice(ConfigType.Choice choice) {
    ArrayNode alternatives = nodes.arrayNode();
    if (choice.shorthand() != null) {
      alternatives.add(bare(choice, choice.shorthand()));
    }
    if (choice.shorthand() == null || choice.shorthand().kind() != Shorthand.JsonKind.STRING) {
      List<String> alone = choice.bareNames();
      if (!alone.isEmpty()) {
        alternatives.add(names(alone));
      }
    }
    choice
        .alternatives()
        .forEach(
            (name, alternative) ->
                alternatives.add(
                    reference(
                        alternative.name(),
                        alternative,
                        name,
                        !name.equals(choice.defaultType()))));
    ObjectNode schema = nodes.objectNode();
    schema.set("anyOf", alternatives);
    return schema;
  }

  /** The value that stands alone, under the rules of the key that it is written to. */
  private ObjectNode bare(ConfigType.Choice choice, Shorthand shorthand) {
    ConfigType.Field field =
        Objects.requireNonNull(
            choice.alternative(shorthand.type()).fields().get(shorthand.key()), shorthand.key());
    return switch (shorthand.kind()) {
      case STRING -> constrained("string", field);
      case NUMBER -> constrained("number", field);
      case LIST -> property(field);
      case OBJECT -> {
        ObjectNode object = property(field);
        object.set("not", nodes.objectNode().set("required", nodes.arrayNode().add("type")));
        yield object;
      }
    };
  }

  private ObjectNode constrained(String type, ConfigType.Field field) {
    ObjectNode schema = nodes.objectNode().put("type", type);
    constrain(schema, field);
    return schema;
  }

  private ObjectNode reference(
      String name, ConfigType.Structure type, @Nullable String typeName, boolean typeRequired) {
    if (!definitions.has(name)) {
      definitions.putNull(name);
      definitions.set(name, object(type, typeName, typeRequired));
    }
    return nodes.objectNode().put("$ref", "#/$defs/" + name);
  }

  private ObjectNode object(
      ConfigType.Structure type, @Nullable String typeName, boolean typeRequired) {
    ObjectNode properties = nodes.objectNode();
    ArrayNode required = nodes.arrayNode();
    if (typeName != null) {
      properties.set("type", nodes.objectNode().put("const", typeName));
      if (typeRequired) {
        required.add("type");
      }
    }
    for (ConfigType.Field field : type.fields().values()) {
      properties.set(field.key(), property(field));
      if (field.required()) {
        required.add(field.key());
      }
    }
    ObjectNode schema = nodes.objectNode().put("type", "object");
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private ObjectNode property(ConfigType.Field field) {
    ObjectNode schema = nodes.objectNode().put("description", field.description());
    schema.setAll(of(field.type()));
    constrain(
        schema.get("anyOf") instanceof ArrayNode either
            ? (ObjectNode) either.get(either.size() - 1)
            : schema,
        field);
    if (field.defaultJson() != null) {
      schema.set("default", Json.mapper().readTree(field.defaultJson()));
    }
    return schema;
  }

  private static void constrain(ObjectNode schema, ConfigType.Field field) {
    for (Constraints constraint : field.constraints()) {
      schema.set(constraint.keyword(), Json.mapper().valueToTree(constraint.bound()));
    }
  }

  private ObjectNode names(Iterable<String> values) {
    ArrayNode array = nodes.arrayNode();
    values.forEach(array::add);
    ObjectNode schema = nodes.objectNode().put("type", "string");
    schema.set("enum", array);
    return schema;
  }

  private ObjectNode anyOf(JsonNode... schemas) {
    ArrayNode array = nodes.arrayNode();
    for (JsonNode schema : schemas) {
      array.add(schema);
    }
    ObjectNode either = nodes.objectNode();
    either.set("anyOf", array);
    return either;
  }
}
