package dev.slope.config;

/**
 * A column where a config uses it.
 *
 * @param name of the column
 * @param node that says it
 * @param pointer of the node
 */
record NamedColumn(String name, ConfigNode node, String pointer) {}
