package dev.slope.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different texts of a column, numbered from 0 in the order in which they turn up. It knows all
 * rows that were read: what is learnt from training rows is learnt from the codes that occur there.
 */
public final class Dictionary {
  /** Up to here every integer has a float32 of its own. */
  public static final int MAX_SIZE = 1 << 24;

  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  /**
   * The code of a text, which is added where it is new.
   *
   * @param column what messages call the column
   * @throws DataException where the column has too many different texts
   */
  public int add(String column, String text) {
    Integer known = codes.get(text);
    if (known != null) {
      return known;
    }
    int code = texts.size();
    if (code == MAX_SIZE) {
      throw new DataException(
          "column '%s' must have at most %d different values; leave it out with /ignore, or group its values"
              .formatted(column, MAX_SIZE));
    }
    codes.put(text, code);
    texts.add(text);
    return code;
  }

  /** How many different texts there are. */
  public int size() {
    return texts.size();
  }

  /** The text of a code. */
  public String text(int code) {
    return texts.get(code);
  }

  /** All texts, in the order of their codes. */
  public List<String> texts() {
    return Collections.unmodifiableList(texts);
  }
}
