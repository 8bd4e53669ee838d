package dev.slope.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names that the design gives a meaning and this version does not act on yet.
 *
 * <p>On a record: keys. On a sealed interface: types. On an enum: values. Using one is an error
 * that says "not supported yet", so that nothing in a config is ever silently ignored.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Planned {
  /** The names, in the order of the design. */
  String[] value();
}
