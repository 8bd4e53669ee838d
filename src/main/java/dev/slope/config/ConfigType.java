package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a value of a config may be, read off the config records by reflection. */
sealed interface ConfigType {

  /** How messages call it, to follow "must be". */
  String phrase();

  /**
   * An object with known keys.
   *
   * @param name of the type, for the schema
   * @param record that it binds to
   * @param fields by key, in the order of the record's components
   * @param planned keys of later versions
   */
  record Structure(String name, Class<?> record, Map<String, Field> fields, List<String> planned)
      implements ConfigType {
    @Override
    public String phrase() {
      return "an object";
    }
  }

  /**
   * A key of an object.
   *
   * @param key its name
   * @param description what it means
   * @param type of its value
   * @param required whether it must be there
   * @param defaultJson what its absence stands for, where it has a default
   * @param constraints rules besides its type
   * @param plannedText strings of later versions
   * @param secret whether messages keep its value to themselves
   */
  record Field(
      String key,
      String description,
      ConfigType type,
      boolean required,
      @Nullable String defaultJson,
      List<Constraints> constraints,
      List<String> plannedText,
      boolean secret) {}

  /**
   * One of several objects, told apart by {@code type}.
   *
   * @param name of the type, for the schema
   * @param alternatives by type name, in order
   * @param planned type names of later versions
   * @param defaultType the type of an object that names none
   * @param shorthand what a bare value stands for, where it is not the type's name
   */
  record Choice(
      String name,
      Map<String, Structure> alternatives,
      List<String> planned,
      @Nullable String defaultType,
      @Nullable Shorthand shorthand)
      implements ConfigType {
    @Override
    public String phrase() {
      return "an object with a type of " + alternatives.keySet();
    }

    /** How messages call what may stand in place of an object, where a number may. */
    String barePhrase() {
      String value =
          switch (Objects.requireNonNull(shorthand).kind()) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case LIST -> "a list";
          };
      return value + " or one of " + bareNames();
    }

    /** The alternatives that need no other key, so that their bare name is enough. */
    List<String> bareNames() {
      return alternatives.entrySet().stream()
          .filter(each -> each.getValue().fields().values().stream().noneMatch(Field::required))
          .map(Map.Entry::getKey)
          .toList();
    }

    /** The alternative of a name that {@link #alternatives} has. */
    Structure alternative(String name) {
      return Objects.requireNonNull(alternatives.get(name), name);
    }
  }

  /**
   * An object with free keys.
   *
   * @param value of each
   */
  record Dictionary(ConfigType value) implements ConfigType {
    @Override
    public String phrase() {
      return "an object";
    }
  }

  /**
   * A list; a bare element stands for a list of one, but where elements may be lists themselves.
   *
   * @param element of each
   */
  record Sequence(ConfigType element) implements ConfigType {
    /** Whether a bare element stands for a list of one. */
    boolean hasBareElement() {
      return element != Scalar.ANY;
    }

    @Override
    public String phrase() {
      return "a list";
    }
  }

  /**
   * One of several strings.
   *
   * @param constants of the enum by the string that stands for each, in order
   * @param planned values of later versions
   */
  record Enumeration(Map<String, Enum<?>> constants, List<String> planned) implements ConfigType {
    @Override
    public String phrase() {
      return "one of " + constants.keySet();
    }

    /** The constant of a string that {@link #constants} has. */
    Enum<?> constant(String value) {
      return Objects.requireNonNull(constants.get(value), value);
    }
  }

  /** A value without parts. */
  enum Scalar implements ConfigType {
    /** A 32-bit integer. */
    INTEGER("an integer from -2147483648 to 2147483647"),
    /** A 64-bit integer. */
    LONG("an integer from -9223372036854775808 to 9223372036854775807"),
    /** A float64. */
    NUMBER("a number"),
    /** A string. */
    TEXT("a string"),
    /** A string, or a number or truth that stands for its text. */
    LITERAL("a string, a number, true or false"),
    /** true or false. */
    TRUTH("true or false"),
    /** Anything but null. */
    ANY("a value");

    private final String phrase;

    Scalar(String phrase) {
      this.phrase = phrase;
    }

    @Override
    public String phrase() {
      return phrase;
    }
  }

  /** The whole config. */
  static Structure run() {
    return structure(RunConfig.class);
  }

  /** The keys of one record. */
  static Structure structure(Class<?> type) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Field field = field(component);
      fields.put(field.key(), field);
    }
    return new Structure(name(type), type, fields, planned(type));
  }

  private static Field field(RecordComponent component) {
    Default absent = component.getAnnotation(Default.class);
    PlannedText plannedText = component.getAnnotation(PlannedText.class);
    boolean optional =
        absent != null
            || component.isAnnotationPresent(DefaultFromFileName.class)
            || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return new Field(
        ConfigNames.key(component),
        component.getAccessor().getAnnotation(JsonPropertyDescription.class).value(),
        component.isAnnotationPresent(LiteralText.class)
            ? literal(component)
            : of(component.getGenericType()),
        !optional,
        absent == null ? null : absent.value(),
        Constraints.of(component),
        plannedText == null ? List.of() : List.of(plannedText.value()),
        component.isAnnotationPresent(Confidential.class));
  }

  private static ConfigType literal(RecordComponent component) {
    return component.getType() == List.class ? new Sequence(Scalar.LITERAL) : Scalar.LITERAL;
  }

  private static ConfigType of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? new Dictionary(of(arguments[1]))
          : new Sequence(of(arguments[0]));
    }
    Class<?> raw = (Class<?>) type;
    if (raw == int.class || raw == Integer.class) {
      return Scalar.INTEGER;
    }
    if (raw == long.class || raw == Long.class) {
      return Scalar.LONG;
    }
    if (raw == double.class || raw == Double.class) {
      return Scalar.NUMBER;
    }
    if (raw == String.class) {
      return Scalar.TEXT;
    }
    if (raw == JsonValue.class) {
      return Scalar.ANY;
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Scalar.TRUTH;
    }
    if (raw.isEnum()) {
      Map<String, Enum<?>> constants = new LinkedHashMap<>();
      for (Object constant : raw.getEnumConstants()) {
        constants.put(ConfigNames.value((Enum<?>) constant), (Enum<?>) constant);
      }
      return new Enumeration(constants, planned(raw));
    }
    if (raw.isRecord()) {
      return structure(raw);
    }
    if (raw.isSealed()) {
      return choice(raw);
    }
    throw new AssertionError("no config value is a " + raw.getName());
  }

  private static Choice choice(Class<?> type) {
    Map<String, Structure> alternatives = new LinkedHashMap<>();
    for (JsonSubTypes.Type alternative : type.getAnnotation(JsonSubTypes.class).value()) {
      alternatives.put(alternative.name(), structure(alternative.value()));
    }
    DefaultType defaultType = type.getAnnotation(DefaultType.class);
    return new Choice(
        name(type),
        alternatives,
        planned(type),
        defaultType == null ? null : defaultType.value(),
        type.getAnnotation(Shorthand.class));
  }

  /** {@code DataSourceConfig.File} is DataSource.File in the schema. */
  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    String own = type.getSimpleName().replaceFirst("Config$", "");
    return outer == null ? own : name(outer) + "." + own;
  }

  private static List<String> planned(Class<?> type) {
    Planned planned = type.getAnnotation(Planned.class);
    return planned == null ? List.of() : Arrays.asList(planned.value());
  }
}
