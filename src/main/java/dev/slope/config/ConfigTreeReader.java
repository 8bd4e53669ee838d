package dev.slope.config;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON text to a tree with places. A key written twice is a problem; the first one stays. */
final class ConfigTreeReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final List<ConfigProblem> problems;
  private final JsonParser parser;

  private ConfigTreeReader(JsonParser parser, List<ConfigProblem> problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * Reads one JSON value.
   *
   * @param text the whole file
   * @param problems takes the keys written twice
   * @throws SyntaxException where it is no JSON, or has text after the value
   */
  static ConfigNode read(String text, List<ConfigProblem> problems) throws SyntaxException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new SyntaxException(Place.line(1), "the file is empty; a JSON object must be in it");
      }
      ConfigTreeReader reader = new ConfigTreeReader(parser, problems);
      ConfigNode node = reader.value("");
      if (parser.nextToken() != null) {
        throw new SyntaxException(reader.place(), "text after the JSON value's end");
      }
      return node;
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      throw new SyntaxException(
          Place.line(location == null ? 1 : Math.max(1, location.getLineNr())),
          "not JSON: " + e.getOriginalMessage());
    }
  }

  private ConfigNode value(String pointer) {
    Place place = place();
    return switch (parser.currentToken()) {
      case START_OBJECT -> structure(place, pointer);
      case START_ARRAY -> sequence(place, pointer);
      case VALUE_STRING -> new ConfigNode.Text(place, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new ConfigNode.Numeral(place, parser.getString());
      case VALUE_TRUE, VALUE_FALSE ->
          new ConfigNode.Truth(place, parser.currentToken() == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> new ConfigNode.Nothing(place);
      default -> throw new AssertionError("no value starts with " + parser.currentToken());
    };
  }

  private ConfigNode structure(Place place, String pointer) {
    ConfigNode.Structure structure = new ConfigNode.Structure(place);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = place();
      parser.nextToken();
      String keyPointer = Pointers.child(pointer, key);
      ConfigNode value = value(keyPointer);
      ConfigNode first = structure.members().putIfAbsent(key, value);
      if (first != null) {
        problems.add(
            new ConfigProblem(
                keyPlace,
                keyPointer,
                "is written twice, first on " + first.place().text() + "; keep one"));
      }
    }
    return structure;
  }

  private ConfigNode sequence(Place place, String pointer) {
    List<ConfigNode> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(Pointers.child(pointer, Integer.toString(elements.size()))));
    }
    return new ConfigNode.Sequence(place, elements);
  }

  private Place place() {
    return Place.line(parser.currentTokenLocation().getLineNr());
  }

  /** Text that is not one JSON value. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    SyntaxException(Place place, String message) {
      super(message);
      this.place = place;
    }

    /** Where reading stopped. */
    Place place() {
      return place;
    }
  }
}
