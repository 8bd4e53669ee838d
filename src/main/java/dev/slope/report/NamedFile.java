package dev.slope.report;

/**
 * A file that is not written yet.
 *
 * @param name without a folder
 * @param bytes its content; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record NamedFile(String name, byte[] bytes) {}
