package dev.slope.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a sealed choice: what a bare string, number, object or list stands for, where it is not simply
 * the type's name.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Shorthand {
  /** The {@code type} of the object that is written out. */
  String type();

  /** The key of that object that takes the bare value. */
  String key();

  /** Which JSON value may stand alone. */
  JsonKind kind();

  /** The JSON values that can stand for an object. */
  enum JsonKind {
    /** A JSON string. */
    STRING,
    /** A JSON number. */
    NUMBER,
    /** A JSON object that has no key {@code type}. */
    OBJECT,
    /** A JSON array. */
    LIST
  }
}
