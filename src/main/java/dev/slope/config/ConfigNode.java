package dev.slope.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A config as written, every value with its place: what is checked before anything is bound. */
sealed interface ConfigNode {
  /** Where it was written. */
  Place place();

  /** How messages show it. */
  String shown();

  /**
   * A JSON object. Mutable: shorthands, defaults and {@code --set} are written into it.
   *
   * @param place where it starts
   * @param members by key, in the order written
   */
  record Structure(Place place, Map<String, ConfigNode> members) implements ConfigNode {
    Structure(Place place) {
      this(place, new LinkedHashMap<>());
    }

    @Override
    public String shown() {
      return "an object";
    }
  }

  /**
   * A JSON array.
   *
   * @param place where it starts
   * @param elements mutable
   */
  record Sequence(Place place, List<ConfigNode> elements) implements ConfigNode {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /**
   * A JSON string.
   *
   * @param place where it stands
   * @param value without quotes
   */
  record Text(Place place, String value) implements ConfigNode {
    @Override
    public String shown() {
      return "'" + value + "'";
    }
  }

  /**
   * A JSON number.
   *
   * @param place where it stands
   * @param literal as written, so that no precision or sign of overflow is lost
   */
  record Numeral(Place place, String literal) implements ConfigNode {
    @Override
    public String shown() {
      return literal;
    }
  }

  /**
   * true or false.
   *
   * @param place where it stands
   * @param value which of the two
   */
  record Truth(Place place, boolean value) implements ConfigNode {
    @Override
    public String shown() {
      return Boolean.toString(value);
    }
  }

  /**
   * null.
   *
   * @param place where it stands
   */
  record Nothing(Place place) implements ConfigNode {
    @Override
    public String shown() {
      return "null";
    }
  }
}
