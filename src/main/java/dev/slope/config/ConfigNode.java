package dev.slope.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
   * @param bareKey the key of the member that was written in place of the object, where one was
   */
  record Structure(Place place, Map<String, ConfigNode> members, @Nullable String bareKey)
      implements ConfigNode {
    Structure(Place place) {
      this(place, new LinkedHashMap<>(), null);
    }

    /** The object that a bare value stands for. */
    static Structure ofBare(ConfigNode value, String key) {
      Structure object = new Structure(value.place(), new LinkedHashMap<>(), key);
      object.members().put(key, value);
      return object;
    }

    /** Where messages place a member: a bare value stands where its object would. */
    String memberPointer(String pointer, String key) {
      return key.equals(bareKey) ? pointer : Pointers.child(pointer, key);
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
