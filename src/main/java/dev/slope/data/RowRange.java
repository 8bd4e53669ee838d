package dev.slope.data;

/**
 * Neighbouring rows of a table, which a query reads without reading the others.
 *
 * @param first the place of the first, counted from 0
 * @param rows how many
 * @param from what follows FROM in the query
 */
record RowRange(long first, long rows, String from) {}
