package dev.slope.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers the different texts of a column, from 0, without a string for each cell. */
final class TextTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int FIRST_SLOTS = 1 << 10;

  /** How many bytes of a text stand in its slot; a longer one is compared as a whole. */
  private static final int KEY_BYTES = Long.BYTES;

  private static final int LONG_TEXT = KEY_BYTES + 1;
  private static final int LENGTH_SHIFT = 25;
  private static final long NUMBER_MASK = (1L << LENGTH_SHIFT) - 1;

  private byte[] longTexts = new byte[1 << 10];
  private int longBytes;
  private int[] longStarts = new int[FIRST_SLOTS];
  private int[] longEnds = new int[FIRST_SLOTS];
  // Two for each slot, beside each other: the hash, the length and the number plus 1 of a text, 0
  // where there is none; and its first bytes.
  private long[] slots = new long[4 * FIRST_SLOTS];
  private int size;

  // Keeps what is read ahead of its use from being left out.
  @SuppressWarnings("UnusedVariable")
  private long fetched;

  private List<String> added = new ArrayList<>();

  /**
   * Numbers several texts in UTF-8. The slots of a large table are far from the core: asked for
   * together they come together.
   *
   * @param from where each starts
   * @param to where each ends
   * @param numbers takes them
   * @param first of the texts, in all three
   */
  void number(byte[] bytes, int[] from, int[] to, int[] numbers, int first, int count) {
    int mask = slots.length / 2 - 1;
    long seen = 0;
    for (int i = first; i < first + count; i++) {
      numbers[i] = hash(key(bytes, from[i], to[i]), bytes, from[i], to[i]);
      seen += slots[2 * (numbers[i] & mask)];
    }
    fetched = seen;
    for (int i = first; i < first + count; i++) {
      numbers[i] = number(bytes, from[i], to[i], numbers[i]);
    }
  }

  private int number(byte[] bytes, int from, int to, int hash) {
    int length = to - from;
    long key = key(bytes, from, to);
    long tag = ((long) hash << Integer.SIZE) | ((long) Math.min(length, LONG_TEXT) << LENGTH_SHIFT);
    int mask = slots.length / 2 - 1;
    int slot = hash & mask;
    while (slots[2 * slot] != 0) {
      long known = slots[2 * slot];
      int number = (int) (known & NUMBER_MASK) - 1;
      if ((known & ~NUMBER_MASK) == tag
          && slots[2 * slot + 1] == key
          && (length <= KEY_BYTES || isLongText(number, bytes, from, to))) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    return add(bytes, from, to, slot, tag, key);
  }

  private static long key(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length >= KEY_BYTES) {
      return (long) LONGS.get(bytes, from);
    }
    long key = 0;
    for (int i = 0; i < length; i++) {
      key |= Byte.toUnsignedLong(bytes[from + i]) << (Byte.SIZE * i);
    }
    return key;
  }

  private static int hash(long key, byte[] bytes, int from, int to) {
    long hash = (key ^ ((long) to - from)) * MULTIPLIER;
    for (int at = from + KEY_BYTES; at < to; at++) {
      hash = ((hash ^ (hash >>> Integer.SIZE)) + bytes[at]) * MULTIPLIER;
    }
    hash ^= hash >>> Integer.SIZE;
    return (int) ((hash * MULTIPLIER) >>> Integer.SIZE);
  }

  private boolean isLongText(int number, byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, longTexts, longStarts[number], longEnds[number]);
  }

  private int add(byte[] bytes, int from, int to, int slot, long tag, long key) {
    if (size == longEnds.length) {
      longStarts = Arrays.copyOf(longStarts, 2 * size);
      longEnds = Arrays.copyOf(longEnds, 2 * size);
    }
    if (to - from > KEY_BYTES) {
      int end = longBytes + to - from;
      if (end > longTexts.length) {
        longTexts = Arrays.copyOf(longTexts, Math.max(end, 2 * longTexts.length));
      }
      System.arraycopy(bytes, from, longTexts, longBytes, to - from);
      longStarts[size] = longBytes;
      longEnds[size] = end;
      longBytes = end;
    }
    size++;
    slots[2 * slot] = tag | size;
    slots[2 * slot + 1] = key;
    added.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    if (4 * size == slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    long[] old = slots;
    slots = new long[2 * old.length];
    int mask = slots.length / 2 - 1;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        int slot = (int) (old[i] >>> Integer.SIZE) & mask;
        while (slots[2 * slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[2 * slot] = old[i];
        slots[2 * slot + 1] = old[i + 1];
      }
    }
  }

  /** The texts that were new since it was last asked, in the order of their numbers. */
  List<String> takeAdded() {
    List<String> taken = added;
    added = new ArrayList<>();
    return taken;
  }
}
