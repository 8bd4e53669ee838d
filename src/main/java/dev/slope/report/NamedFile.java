package dev.slope.report;

/**
 * A file that is not written yet.
 *
 * @param name where it goes, relative to the folder of all of them
 * @param bytes its content; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record NamedFile(String name, byte[] bytes) {}
