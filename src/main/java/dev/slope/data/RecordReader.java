package dev.slope.data;

/** Records of named values, one after the other, from before the first. */
interface RecordReader extends AutoCloseable {
  /**
   * Hands on the values of the next record.
   *
   * @return false after the last
   * @throws DataException where the record can't be read
   */
  boolean next(Values values);

  /** What messages call this record: {@code line 3}. */
  String record();

  @Override
  void close();

  /** Takes the values of one record; one that it is not given is missing. */
  interface Values {
    /** A number or a text; an empty one is missing. */
    void text(String name, String text);

    /** A number; NaN is no finite one. */
    void number(String name, float value);

    /** An integer. */
    void integer(String name, long value);

    /** A list, a structure or bytes, as messages show it. */
    void other(String name, String shown);
  }
}
