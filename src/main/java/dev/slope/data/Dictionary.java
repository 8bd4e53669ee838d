package dev.slope.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The different texts of a column, numbered from 0 in the order in which they turn up. It knows all
 * rows that were read: what is learnt from training rows is learnt from the codes that occur there.
 */
public final class Dictionary {
  /** Up to here every integer has a float32 of its own. */
  public static final int MAX_SIZE = 1 << 24;

  /** No text's code. */
  public static final int NONE = -1;

  private static final int FIRST_SLOTS = 1 << 6;

  private final List<String> texts = new ArrayList<>();

  // A map of objects would take three of them for each text, which the collector copies, too. The
  // hash and the code plus 1 of a text; 0 where there is none. Never more than half full.
  private long[] slots = new long[FIRST_SLOTS];

  /**
   * The code of a text, which is added where it is new.
   *
   * @param column what messages call the column
   * @throws DataException where the column has too many different texts
   */
  public int add(String column, String text) {
    int hash = hash(text);
    int slot = slot(text, hash);
    if (slots[slot] != 0) {
      return code(slots[slot]);
    }
    int code = texts.size();
    if (code == MAX_SIZE) {
      throw new DataException(
          "column '%s' must have at most %d different values; leave it out with /ignore, or group its values"
              .formatted(column, MAX_SIZE));
    }
    texts.add(text);
    slots[slot] = ((long) hash << Integer.SIZE) | (code + 1);
    if (2 * texts.size() > slots.length) {
      grow();
    }
    return code;
  }

  /** The code of a text; {@link #NONE} where it isn't known. */
  public int find(String text) {
    long known = slots[slot(text, hash(text))];
    return known == 0 ? NONE : code(known);
  }

  /** Where a text stands, or would. */
  private int slot(String text, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0
        && ((int) (slots[slot] >>> Integer.SIZE) != hash
            || !texts.get(code(slots[slot])).equals(text))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(String text) {
    // A text's own hash keeps neighbouring texts neighbours: Fibonacci hashing parts them.
    int spread = text.hashCode() * 0x9E3779B9;
    return spread ^ (spread >>> 16);
  }

  private static int code(long slot) {
    return (int) slot - 1;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    int mask = slots.length - 1;
    for (long known : old) {
      if (known != 0) {
        int slot = (int) (known >>> Integer.SIZE) & mask;
        while (slots[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = known;
      }
    }
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
