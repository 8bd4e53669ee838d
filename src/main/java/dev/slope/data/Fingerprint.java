package dev.slope.data;

/**
 * Which data it was.
 *
 * @param sha256 in lower-case hexadecimal: of a file's bytes, else of the values read
 * @param rows how many
 */
public record Fingerprint(String sha256, long rows) {}
