package dev.slope.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one home of a default: what an absent key of a config record stands for.
 *
 * <p>The reader writes it into the tree before binding, the schema shows it, nothing else repeats
 * it.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
  /** The value, as JSON text: {@code 0.5}, {@code "auto"}, {@code {}}. */
  String value();
}
